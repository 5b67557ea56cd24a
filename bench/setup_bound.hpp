// The least possible time of a run's set-ups, computed from the calls that it made and what each of
// them takes alone. What it assumes stands in bench/README.md.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "bench/setup_calls.hpp"

namespace escrowstorm::bench {

struct LeastTime {
  Duration chain{};      // the longest chain of calls of any escrow
  Duration instances{};  // all stays of wallets, on that many instances
  Duration cores{};      // all computing, on that many cores

  Duration least() const { return std::max({chain, instances, cores}); }
};

LeastTime least_time(const std::map<EscrowId, EscrowCalls>& escrows, std::uint32_t instances,
                     std::uint32_t cores);

// Work of a server's, and what must follow it elsewhere.
struct Work {
  Duration time{};
  Duration tail{};
};

// No way to share the work out, cut into any pieces, ends earlier: of the work with the longest
// tails, all is done and then the shortest of these tails follows.
Duration least_shared(std::vector<Work> work, std::uint32_t servers);

// ... nor does one that leaves each time whole: of the k * servers + 1 longest, one server has
// k + 1.
Duration least_whole(std::vector<Duration> times, std::uint32_t servers);

}  // namespace escrowstorm::bench
