#include "sim/invariants/leased_once.hpp"

#include "sim/invariants/wallet_owner.hpp"

namespace escrowstorm::sim {

void LeasedOnce::executed(const mockrpc::LedgerEntry& entry) {
  if (!entry.whom) return;
  if (entry.instance >= taken_by_.size()) taken_by_.resize(std::size_t{entry.instance} + 1);
  std::optional<EscrowId>& taken_by = taken_by_[entry.instance];
  const bool takes = std::holds_alternative<walletrpc::CreateWallet>(*entry.request) ||
                     std::holds_alternative<walletrpc::OpenWallet>(*entry.request);
  if (!takes && taken_by && *taken_by != entry.whom->escrow)
    violated(entry.at, entry.whom->escrow, entry.instance,
             std::string(method_of(*entry.request)) + " for " + owner_text(*entry.whom) +
                 " on instance " + std::to_string(entry.instance) + ", which escrow " +
                 std::to_string(*taken_by) + " had taken");
  if (takes) taken_by = entry.whom->escrow;
}

void LeasedOnce::killed(TimePoint, std::uint32_t instance) {
  if (instance < taken_by_.size()) taken_by_[instance].reset();
}

}  // namespace escrowstorm::sim
