// What would be left of a profile if no call waited for disk or daemon. A pure function.
#pragma once

#include "mockrpc/latency/profile.hpp"

namespace escrowstorm::mockrpc {

LatencyProfile computing_only(const LatencyProfile& profile);

}  // namespace escrowstorm::mockrpc
