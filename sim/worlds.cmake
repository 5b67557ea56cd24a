# Worlds that run real programs or talk to real ones, the processes they start, and the playing of
# transcripts. sim/CMakeLists.txt includes this.
set(SIM_WORLD_SOURCES
  conformance/address.cpp
  conformance/bounded_json.cpp
  conformance/fleet_facts.cpp
  conformance/matcher.cpp
  conformance/player.cpp
  conformance/report.cpp
  conformance/transcript.cpp
  conformance/transcript_files.cpp
  conformance/variables.cpp
  process/child_process.cpp
  process/entropy.cpp
  process/loopback_ports.cpp
  process/machine.cpp
  process/scratch_dir.cpp
  process/signal_watch.cpp
  world/inquiry.cpp
  world/live.cpp
  world/live_checks.cpp
  world/node_miner.cpp
  world/real_world.cpp
  world/regtest.cpp
  world/regtest_daemon.cpp
  world/regtest_nodes.cpp
  world/rpc_urls.cpp
)
