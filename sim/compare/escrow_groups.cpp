#include "sim/compare/escrow_groups.hpp"

#include <algorithm>
#include <utility>

namespace escrowstorm::sim {

void EscrowGroup::merge(const EscrowGroup& other) {
  started += other.started;
  ready += other.ready;
  completed += other.completed;
  failed += other.failed;
  late += other.late;
  setup.merge(other.setup);
  calls.merge(other.calls);
  lateness.merge(other.lateness);
  for (const auto& [method, calls_of_it] : other.rpc) {
    MethodCalls& ours = rpc[method];
    ours.took.merge(calls_of_it.took);
    ours.errors += calls_of_it.errors;
  }
}

EscrowGroup& EscrowGroups::of(EscrowId escrow) {
  while (escrow / escrows_each_ >= groups_max) merge_pairs();
  const std::size_t group = escrow / escrows_each_;
  if (group >= groups_.size()) groups_.resize(group + 1);
  return groups_[group];
}

void EscrowGroups::began() { most_at_once_ = std::max(most_at_once_, ++at_once_); }

void EscrowGroups::ended() { at_once_ -= std::min<std::uint64_t>(at_once_, 1); }

void EscrowGroups::merge_pairs() {
  std::vector<EscrowGroup> pairs;
  pairs.reserve(groups_max);
  for (std::size_t i = 0; i < groups_.size(); i += 2) {
    pairs.push_back(std::move(groups_[i]));
    if (i + 1 < groups_.size()) pairs.back().merge(groups_[i + 1]);
  }
  groups_ = std::move(pairs);
  escrows_each_ *= 2;
}

}  // namespace escrowstorm::sim
