# Debian's packages only. docs/dependencies.md says why each.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)  # headers: Asio, Beast, JSON, System, URL
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
pkg_check_modules(cryptopp REQUIRED IMPORTED_TARGET libcrypto++)

# In place of malloc in programs that are linked with it, which need not name it: so the linker is
# told to keep it. Sanitizers have their own.
add_library(escrowstorm_allocator INTERFACE)
if(NOT ESCROWSTORM_SANITIZE)
  find_library(MIMALLOC mimalloc REQUIRED)
  target_link_options(escrowstorm_allocator INTERFACE LINKER:--no-as-needed)
  target_link_libraries(escrowstorm_allocator INTERFACE ${MIMALLOC})
  target_sources(escrowstorm_allocator INTERFACE ${CMAKE_SOURCE_DIR}/base/large_pages.cpp)
endif()

# Asio, Beast and Boost.JSON are compiled once, in base/boost/, instead of in every file.
add_library(escrowstorm_boost INTERFACE)
target_link_libraries(escrowstorm_boost INTERFACE Boost::headers Threads::Threads)
target_compile_definitions(escrowstorm_boost INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
  BOOST_ASIO_NO_DEPRECATED)
