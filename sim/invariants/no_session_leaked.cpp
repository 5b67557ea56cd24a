#include "sim/invariants/no_session_leaked.hpp"

#include <variant>

#include "mockrpc/wallet/wallet.hpp"
#include "sim/faults/fault_phase.hpp"
#include "sim/invariants/wallet_owner.hpp"

namespace escrowstorm::sim {

namespace {

// Faults that leave an instance up, and the ends of them.
bool misleads(const Event& event) {
  return event.phase == "cache_pollution" || event.phase == "disk_full";
}
bool misleads_no_more(const Event& event) {
  return event.phase == fault_phase::cache_cured || event.phase == fault_phase::disk_has_room;
}

}  // namespace

NoSessionLeaked::Slot& NoSessionLeaked::slot(std::uint32_t instance) {
  if (instance >= slots_.size()) slots_.resize(std::size_t{instance} + 1);
  return slots_[instance];
}

void NoSessionLeaked::executed(const mockrpc::LedgerEntry& entry) {
  Slot& here = slot(entry.instance);
  const std::string_view now = entry.wallet ? std::string_view(entry.wallet->name()) : "";
  const bool opened = holds_alternative<walletrpc::OpenWallet>(*entry.request) &&
                      std::holds_alternative<walletrpc::Answer>(*entry.outcome);
  if (now == here.wallet && !opened) return;
  here.wallet = now;
  here.whom = entry.whom;
  const auto leases = here.whom ? leases_.find(here.whom->escrow) : leases_.end();
  here.excused =
      here.suspended || here.misled || (leases != leases_.end() && leases->second.struck);
}

void NoSessionLeaked::killed(TimePoint, std::uint32_t instance) {
  Slot& here = slot(instance);
  here.wallet.clear();
  here.whom.reset();
  struck(instance);
}

void NoSessionLeaked::told(const Event& event) {
  if (event.kind == EventKind::escrow && event.phase == "crashed") crashed();
  if (!event.instance) return;
  Slot& here = slot(*event.instance);
  if (event.kind == EventKind::fault) {
    struck(*event.instance);
    here.misled = misleads(event) || (here.misled && !misleads_no_more(event));
  }
  if (event.kind != EventKind::lease) return;
  if (event.phase == "suspended") here.suspended = here.excused = true;
  if (event.phase == "resumed") here.suspended = false;
  if (event.phase == "granted") granted(event);
  if (event.phase == "released") released(event);
}

void NoSessionLeaked::crashed() {
  leases_.clear();
  for (Slot& one : slots_) {
    one.excused = true;
    one.leased_to.reset();
  }
}

void NoSessionLeaked::struck(std::uint32_t instance) {
  Slot& here = slot(instance);
  here.excused = true;
  const auto leases = here.leased_to ? leases_.find(*here.leased_to) : leases_.end();
  if (leases == leases_.end()) return;
  leases->second.struck = true;
  for (const std::uint32_t other : leases->second.instances) slot(other).excused = true;
}

void NoSessionLeaked::granted(const Event& event) {
  if (!event.escrow) return;
  slot(*event.instance).leased_to = event.escrow;
  Leases& leases = leases_[*event.escrow];
  leases.instances.insert(*event.instance);
  leases.struck = leases.struck || slot(*event.instance).misled;
}

void NoSessionLeaked::released(const Event& event) {
  if (!event.escrow || !event.role) return;
  Slot& here = slot(*event.instance);
  const bool own = here.whom == CallFor{*event.escrow, *event.role};
  if (!here.wallet.empty() && own && !here.excused)
    violated(event.at, event.escrow, event.instance,
             owner_text(*here.whom) + " gave back instance " + std::to_string(*event.instance) +
                 " with " + wallet_text(here.wallet) + " open");
  here.leased_to.reset();
  const auto leases = leases_.find(*event.escrow);
  if (leases == leases_.end()) return;
  leases->second.instances.erase(*event.instance);
  if (leases->second.instances.empty()) leases_.erase(leases);
}

void NoSessionLeaked::over(TimePoint at) {
  for (std::uint32_t instance = 0; instance < slots_.size(); ++instance) {
    const Slot& here = slots_[instance];
    if (here.wallet.empty() || !here.whom || here.excused) continue;
    violated(at, here.whom->escrow, instance,
             wallet_text(here.wallet) + " was left open on instance " + std::to_string(instance));
  }
}

}  // namespace escrowstorm::sim
