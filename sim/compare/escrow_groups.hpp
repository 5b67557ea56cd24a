// What a run's trace holds, by groups of escrows that were asked for one after the other. Escrows
// beside each other meet the same queues, so it is groups that are resampled, not single calls:
// there are never more than groups_max, of twice as many escrows each time they would be more, and
// so memory is bounded however long the trace is.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/observer.hpp"
#include "sim/compare/time_counts.hpp"

namespace escrowstorm::sim {

struct MethodCalls {
  TimeCounts took;
  std::uint64_t errors = 0;
};

struct EscrowGroup {
  std::uint64_t started = 0;
  std::uint64_t ready = 0;
  std::uint64_t completed = 0;
  std::uint64_t failed = 0;
  std::uint64_t late = 0;
  TimeCounts setup;
  TimeCounts calls;
  TimeCounts lateness;
  std::map<std::string, MethodCalls, std::less<>> rpc;

  void merge(const EscrowGroup& other);
};

class EscrowGroups {
 public:
  static constexpr std::size_t groups_max = 40;

  EscrowGroup& of(EscrowId escrow);

  const std::vector<EscrowGroup>& groups() const { return groups_; }

  // One more was asked for, one has ended.
  void began();
  void ended();
  std::uint64_t most_at_once() const { return most_at_once_; }

 private:
  void merge_pairs();

  std::uint64_t escrows_each_ = 1;
  std::vector<EscrowGroup> groups_;
  std::uint64_t at_once_ = 0;
  std::uint64_t most_at_once_ = 0;
};

}  // namespace escrowstorm::sim
