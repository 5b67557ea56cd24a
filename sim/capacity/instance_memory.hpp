// How much memory a real monero-wallet-rpc has taken. The one table of it.
#pragma once

#include <cstdint>
#include <string_view>

namespace escrowstorm::sim {

struct InstanceMemory {
  std::uint64_t measured_kib = 0;  // the most of three processes at the end of the latency sessions
  std::uint64_t to_plan_kib = 0;   // the most that was seen of any process of ours
};

// Of that version of it; of one that was not measured, the most of those that were.
InstanceMemory memory_of_an_instance(std::string_view version);

}  // namespace escrowstorm::sim
