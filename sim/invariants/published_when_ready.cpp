#include "sim/invariants/published_when_ready.hpp"

#include "coordinator/setup/facts.hpp"

namespace escrowstorm::sim {

void PublishedWhenReady::durable(TimePoint at, const coordinator::EscrowRecord& record) {
  if (record.address.empty() || !published_.insert(record.id).second) return;
  const std::string escrow = "escrow " + std::to_string(record.id);
  if (coordinator::is_placeholder_address(record.address))
    violated(at, record.id, std::nullopt, escrow + " published a placeholder");
  for (const Role role : all_roles) {
    const std::string& wallet = record.wallets[index_of(role)];
    if (!facts_.address_of(wallet))
      violated(at, record.id, record.instances[index_of(role)],
               escrow + " published its address while wallet " + wallet + " was not ready");
    facts_.forget(wallet);
  }
}

}  // namespace escrowstorm::sim
