// What watches a run from outside: its judge and its probes, as the ledger of the fleet and as
// observers. Made before the world, whose fleet refers to it, and outlives it.
#pragma once

#include <functional>
#include <vector>

#include "mockrpc/fleet/call_faults.hpp"
#include "sim/invariants/judge.hpp"
#include "sim/probes/probe_board.hpp"

namespace escrowstorm::sim {

// One ledger in front of several.
class LedgerFan final : public mockrpc::Ledger {
 public:
  explicit LedgerFan(std::vector<mockrpc::Ledger*> ledgers) : ledgers_(std::move(ledgers)) {}

  void add(mockrpc::Ledger& ledger) { ledgers_.push_back(&ledger); }

  void executed(const mockrpc::LedgerEntry& entry) override;
  void dropped(TimePoint at, std::uint32_t instance, std::optional<CallFor> whom,
               const walletrpc::Request& request) override;
  void killed(TimePoint at, std::uint32_t instance, std::string_view wallet) override;
  void copied(TimePoint at, std::string_view from, std::string_view to) override;

 private:
  std::vector<mockrpc::Ledger*> ledgers_;
};

// Faults that are known later than the fleet; none until then.
class LateFaults final : public mockrpc::CallFaults {
 public:
  mockrpc::CallFaults* known = nullptr;

  mockrpc::Verdict arriving(const mockrpc::CallAtSeat& call) override {
    return known ? known->arriving(call) : mockrpc::Verdict();
  }
  mockrpc::Verdict before(const mockrpc::CallAtSeat& call) override {
    return known ? known->before(call) : mockrpc::Verdict();
  }
  mockrpc::Verdict after(const mockrpc::CallAtSeat& call) override {
    return known ? known->after(call) : mockrpc::Verdict();
  }
};

struct RunWatch {
  // `has_ledger`: the world's fleet is a mock.
  RunWatch(const Scenario& scenario, bool has_ledger);
  RunWatch(const RunWatch&) = delete;
  RunWatch& operator=(const RunWatch&) = delete;

  // Hears of each violation besides the run, which tells it as an event.
  std::function<void(const Violation&)> on_violation;

  Judge judge;
  ProbeBoard probes;
  LedgerFan ledger;
  LateFaults faults;
};

}  // namespace escrowstorm::sim
