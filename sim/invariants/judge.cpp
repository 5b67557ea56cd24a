#include "sim/invariants/judge.hpp"

#include <algorithm>

namespace escrowstorm::sim {
namespace {

constexpr std::uint64_t kept_whole_max = 5;  // of each invariant

}  // namespace

Judge::Judge(std::string_view wallet_prefix, bool has_ledger) {
  for (const InvariantKind& kind : invariants()) {
    if (kind.needs_ledger && !has_ledger) continue;
    invariants_.push_back(kind.make(InvariantScope{kind.name, wallet_prefix, *this, money_}));
    judged_.push_back({kind.name});
  }
}

void Judge::executed(const mockrpc::LedgerEntry& entry) {
  for (const auto& invariant : invariants_) invariant->executed(entry);
}

void Judge::killed(TimePoint at, std::uint32_t instance, std::string_view) {
  for (const auto& invariant : invariants_) invariant->killed(at, instance);
}

void Judge::copied(TimePoint, std::string_view from, std::string_view to) {
  for (const auto& invariant : invariants_) invariant->copied(from, to);
}

void Judge::on(const Event& event) {
  if (event.kind == EventKind::rpc) return;  // what a call did the ledger says
  for (const auto& invariant : invariants_) invariant->told(event);
}

void Judge::durable(TimePoint at, const coordinator::EscrowRecord& record) {
  for (const auto& invariant : invariants_) invariant->durable(at, record);
}

void Judge::remembered(TimePoint at, std::span<const coordinator::EscrowRecord> records) {
  for (const auto& invariant : invariants_) invariant->remembered(at, records);
}

void Judge::over(TimePoint at) {
  for (const auto& invariant : invariants_) invariant->over(at);
}

void Judge::violated(Violation violation) {
  const auto at = std::find_if(judged_.begin(), judged_.end(), [&](const JudgedInvariant& one) {
    return one.name == violation.invariant;
  });
  if (++at->violations <= kept_whole_max) violations_.push_back(violation);
  if (on_violation) on_violation(violation);
}

}  // namespace escrowstorm::sim
