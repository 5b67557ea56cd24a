// The calls that a journey of one call may make, by the wallet RPC's name for them: those that need
// no parameters and change nothing, so that they may come beside whatever goes on in an instance.
#pragma once

#include <span>
#include <string_view>

#include "base/walletrpc/request.hpp"

namespace escrowstorm::sim {

struct SingleCall {
  std::string_view name;
  walletrpc::Request (*make)();
};

std::span<const SingleCall> single_calls();

// Null when there is none of that name.
const SingleCall* find_single_call(std::string_view name);

}  // namespace escrowstorm::sim
