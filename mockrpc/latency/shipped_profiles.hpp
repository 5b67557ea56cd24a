// The files of mockrpc/profiles/, as they were when this program was built.
#pragma once

#include <span>
#include <string_view>

namespace escrowstorm::mockrpc {

struct ShippedProfile {
  std::string_view name;  // of the file, without ".json"
  std::string_view json;
};

std::span<const ShippedProfile> shipped_profiles();

}  // namespace escrowstorm::mockrpc
