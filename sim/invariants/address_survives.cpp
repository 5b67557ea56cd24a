#include "sim/invariants/address_survives.hpp"

#include "coordinator/client/error_text.hpp"
#include "sim/storm/storm.hpp"

namespace escrowstorm::sim {
namespace {

bool tells_an_address(const Event& event) {
  return event.kind == EventKind::escrow && event.ok && event.escrow &&
         (event.phase == name_of(coordinator::Phase::publish) ||
          event.phase == storm_phase::set_up);
}

std::string address_text(const std::string& shortened) {
  return shortened.empty() ? "none" : shortened;
}

}  // namespace

void AddressSurvives::told(const Event& event) {
  if (!tells_an_address(event)) return;
  const auto [first, is_new] = told_.try_emplace(*event.escrow, event.message);
  if (is_new || first->second == event.message) return;
  violated(event.at, event.escrow, std::nullopt,
           "escrow " + std::to_string(*event.escrow) + " was given the address " + first->second +
               ", and now " + address_text(event.message));
}

void AddressSurvives::remembered(TimePoint at, std::span<const coordinator::EscrowRecord> records) {
  std::map<EscrowId, std::string> found;
  for (const coordinator::EscrowRecord& record : records)
    if (told_.contains(record.id)) found[record.id] = coordinator::shortened(record.address);
  const auto is_lost = [&](const auto& one) { return found[one.first] != one.second; };
  for (const auto& one : told_)
    if (is_lost(one))
      violated(at, one.first, std::nullopt,
               "escrow " + std::to_string(one.first) + " was given the address " + one.second +
                   ", and the coordinator's memory has " + address_text(found[one.first]));
  std::erase_if(told_, is_lost);  // it is told once
}

}  // namespace escrowstorm::sim
