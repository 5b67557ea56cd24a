# Tests of sim/worlds.cmake's files. tests/sim/CMakeLists.txt includes this.
set(SIM_WORLD_TESTS
  conformance_files_test.cpp
  conformance_matcher_test.cpp
  conformance_player_test.cpp
  conformance_report_test.cpp
  conformance_transcript_test.cpp
  process_child_test.cpp
  process_ports_test.cpp
  process_scratch_dir_test.cpp
  world_live_test.cpp
  world_real_world_test.cpp
  world_regtest_test.cpp
)
