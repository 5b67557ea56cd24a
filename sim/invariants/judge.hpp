// Holds a run against all invariants that its world can be held against, and keeps what was
// violated: how often each, and the first ones whole. A violation is told as an event, too.
//
// Lives on the world's executor; made before the fleet that it is the ledger of.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "sim/invariants/invariants.hpp"

namespace escrowstorm::sim {

// Of an event about a violation; `message` says which and how.
inline constexpr std::string_view violated_phase = "violated";

struct JudgedInvariant {
  std::string_view name;
  std::uint64_t violations = 0;
};

class Judge final : public mockrpc::Ledger, public Observer, private ViolationSink {
 public:
  // The prefix outlives it.
  Judge(std::string_view wallet_prefix, bool has_ledger);

  // Hears of each violation as it is found. It may not destroy the judge.
  std::function<void(const Violation&)> on_violation;

  // What it knows of a world's money. It is looked at in over(), and has to be there still.
  void look_at(const WorldMoney& money) { money_ = money; }

  void executed(const mockrpc::LedgerEntry& entry) override;
  void dropped(TimePoint, std::uint32_t, std::optional<CallFor>,
               const walletrpc::Request&) override {}
  void killed(TimePoint at, std::uint32_t instance, std::string_view wallet) override;
  void copied(TimePoint at, std::string_view from, std::string_view to) override;
  void on(const Event& event) override;
  void durable(TimePoint at, const coordinator::EscrowRecord& record);
  void remembered(TimePoint at, std::span<const coordinator::EscrowRecord> records);
  // To be called once, when nothing more will happen.
  void over(TimePoint at);

  // By the order of the table.
  const std::vector<JudgedInvariant>& judged() const { return judged_; }
  // The first of each invariant, as they came.
  const std::vector<Violation>& violations() const { return violations_; }

 private:
  void violated(Violation violation) override;

  WorldMoney money_;
  std::vector<std::unique_ptr<Invariant>> invariants_;
  std::vector<JudgedInvariant> judged_;  // in step with invariants_
  std::vector<Violation> violations_;
};

}  // namespace escrowstorm::sim
