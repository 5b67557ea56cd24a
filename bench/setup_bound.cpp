#include "bench/setup_bound.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace escrowstorm::bench {

Duration least_shared(std::vector<Work> work, std::uint32_t servers) {
  std::sort(work.begin(), work.end(), [](const Work& a, const Work& b) { return a.tail > b.tail; });
  Duration least{}, done{};
  for (const Work& one : work) {
    done += one.time;
    least = std::max(least, done / servers + one.tail);
  }
  return least;
}

Duration least_whole(std::vector<Duration> times, std::uint32_t servers) {
  std::sort(times.begin(), times.end(), std::greater<>());
  Duration least{};
  for (std::size_t k = 0; k * servers < times.size(); ++k) {
    const auto end = times.begin() + static_cast<std::ptrdiff_t>(k * servers + 1);
    least =
        std::max(least, std::accumulate(end - static_cast<std::ptrdiff_t>(k + 1), end, Duration()));
  }
  return least;
}

LeastTime least_time(const std::map<EscrowId, EscrowCalls>& escrows, std::uint32_t instances,
                     std::uint32_t cores) {
  LeastTime least;
  std::vector<Work> stays, computing;
  std::vector<Duration> whole;
  for (const auto& [id, escrow] : escrows) {
    least.chain = std::max(least.chain, escrow.length(escrow.longest_chain()));
    for (const EscrowCalls::Stay& stay : escrow.stays()) {
      stays.push_back({stay.least, stay.tail});
      whole.push_back(stay.least);
    }
    const std::vector<Duration> tails = escrow.tails();
    for (std::size_t call = 0; call < tails.size(); ++call) {
      const mockrpc::CallCost& cost = escrow.calls()[call].cost;
      computing.push_back({cost.computing, cost.waiting + tails[call]});
    }
  }
  least.instances =
      std::max(least_shared(std::move(stays), instances), least_whole(std::move(whole), instances));
  least.cores = least_shared(std::move(computing), cores);
  return least;
}

}  // namespace escrowstorm::bench
