#include "sim/run/run_watch.hpp"

#include "sim/world/mock_fleet.hpp"

namespace escrowstorm::sim {

void LedgerFan::executed(const mockrpc::LedgerEntry& entry) {
  for (mockrpc::Ledger* ledger : ledgers_) ledger->executed(entry);
}

void LedgerFan::dropped(TimePoint at, std::uint32_t instance, std::optional<CallFor> whom,
                        const walletrpc::Request& request) {
  for (mockrpc::Ledger* ledger : ledgers_) ledger->dropped(at, instance, whom, request);
}

void LedgerFan::killed(TimePoint at, std::uint32_t instance, std::string_view wallet) {
  for (mockrpc::Ledger* ledger : ledgers_) ledger->killed(at, instance, wallet);
}

void LedgerFan::copied(TimePoint at, std::string_view from, std::string_view to) {
  for (mockrpc::Ledger* ledger : ledgers_) ledger->copied(at, from, to);
}

RunWatch::RunWatch(const Scenario& scenario, bool has_ledger)
    : judge(mock_wallet_prefix, has_ledger), probes(scenario), ledger({&judge, &probes}) {}

}  // namespace escrowstorm::sim
