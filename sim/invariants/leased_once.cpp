#include "sim/invariants/leased_once.hpp"

#include "sim/invariants/wallet_owner.hpp"

namespace escrowstorm::sim {

void LeasedOnce::executed(const mockrpc::LedgerEntry& entry) {
  if (!entry.whom) return;
  Slot& at = slot(entry.instance);
  const bool takes = holds_alternative<walletrpc::CreateWallet>(*entry.request) ||
                     holds_alternative<walletrpc::OpenWallet>(*entry.request);
  if (at.leased_to && *at.leased_to != *entry.whom)
    wrong(entry, "which was leased to " + owner_text(*at.leased_to));
  else if (!takes && at.taken_by && *at.taken_by != *entry.whom)
    wrong(entry, "which " + owner_text(*at.taken_by) + " had taken");
  if (takes) at.taken_by = entry.whom;
}

void LeasedOnce::wrong(const mockrpc::LedgerEntry& entry, const std::string& why) {
  violated(entry.at, entry.whom->escrow, entry.instance,
           std::string(method_of(*entry.request)) + " for " + owner_text(*entry.whom) +
               " on instance " + std::to_string(entry.instance) + ", " + why);
}

// A coordinator that dies has no leases any more.
void LeasedOnce::told(const Event& event) {
  if (event.kind == EventKind::escrow && event.phase == "crashed") {
    for (Slot& slot : slots_) {
      slot.leases = 0;
      slot.leased_to.reset();
    }
  }
  if (event.kind != EventKind::lease || !event.escrow || !event.role || !event.instance) return;
  const bool granted = event.phase == "granted";
  Slot& at = slot(*event.instance);
  at.leases += granted ? 1 : -1;
  at.leased_to.reset();
  if (granted && at.leases == 1) at.leased_to = CallFor{*event.escrow, *event.role};
}

void LeasedOnce::killed(TimePoint, std::uint32_t instance) { slot(instance).taken_by.reset(); }

LeasedOnce::Slot& LeasedOnce::slot(std::uint32_t instance) {
  if (instance >= slots_.size()) slots_.resize(std::size_t{instance} + 1);
  return slots_[instance];
}

}  // namespace escrowstorm::sim
