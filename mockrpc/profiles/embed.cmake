# cmake -DOUTPUT=FILE.cpp -DPROFILES=a.json;b.json -P embed.cmake
# Writes the texts of the profile files into a source file (see latency/shipped_profiles.hpp).
set(entries "")
foreach(profile IN LISTS PROFILES)
  get_filename_component(name ${profile} NAME)
  string(REGEX REPLACE "\\.json$" "" name ${name})
  file(READ ${profile} text)
  string(APPEND entries "    {\"${name}\", R\"json(${text})json\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made from mockrpc/profiles/ by embed.cmake.
#include \"mockrpc/latency/shipped_profiles.hpp\"

namespace escrowstorm::mockrpc {
namespace {

constexpr ShippedProfile profiles[] = {
${entries}};

}  // namespace

std::span<const ShippedProfile> shipped_profiles() { return profiles; }

}  // namespace escrowstorm::mockrpc
")
