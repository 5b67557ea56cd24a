# What every target of the project is compiled with.
add_library(escrowstorm_options INTERFACE)
target_include_directories(escrowstorm_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(escrowstorm_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 warns falsely of std::string's operator+ (its bug 105651).
  # Its collector of garbage takes a seventh of a compilation, and a machine has the memory.
  target_compile_options(escrowstorm_options INTERFACE
    -Wno-restrict --param=ggc-min-heapsize=1048576)
  if(CMAKE_UNITY_BUILD)
    # The sources of a unity build are included, which it takes for headers.
    target_compile_options(escrowstorm_options INTERFACE -Wno-subobject-linkage)
  endif()
endif()

if(ESCROWSTORM_SANITIZE)
  # Tests and programs are not optimized, only what they are made of: they take half the time to
  # compile and most of the running is in the libraries.
  target_compile_options(escrowstorm_options INTERFACE
    -fsanitize=${ESCROWSTORM_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1
    $<IF:$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>,-O0,-O1>)
  target_link_options(escrowstorm_options INTERFACE -fsanitize=${ESCROWSTORM_SANITIZE})
  if(ESCROWSTORM_SANITIZE MATCHES "undefined")
    # It opens a pipe at a virtual call, and takes want of descriptors for a bad object; a test
    # lets the mock run out of them.
    target_compile_options(escrowstorm_options INTERFACE -fno-sanitize=vptr)
  endif()
  if(ESCROWSTORM_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ warns of Asio's atomic_thread_fence, which ThreadSanitizer does not model.
    target_compile_options(escrowstorm_options INTERFACE -Wno-tsan)
  endif()
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The same whatever folder the tree is in: a copy of it finds what was compiled here.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
    CCACHE_NOHASHDIR=1 ${CCACHE})
endif()

# For a build with CMAKE_UNITY_BUILD, which compiles eight sources as one: those that have names of
# their own in common with their neighbours.
function(escrowstorm_compile_alone)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
