#include "sim/invariants/opened_once.hpp"

#include "mockrpc/wallet/wallet.hpp"
#include "sim/invariants/wallet_owner.hpp"

namespace escrowstorm::sim {

void OpenedOnce::executed(const mockrpc::LedgerEntry& entry) {
  if (entry.instance >= open_in_.size()) open_in_.resize(std::size_t{entry.instance} + 1);
  const std::string_view now = entry.wallet ? std::string_view(entry.wallet->name()) : "";
  if (now == open_in_[entry.instance]) return;
  closed(entry.instance);
  if (now.empty()) return;
  const auto [at, is_new] = opened_.try_emplace(std::string(now), entry.instance);
  if (!is_new)
    violated(entry.at, entry.whom ? std::optional(entry.whom->escrow) : std::nullopt,
             entry.instance,
             wallet_text(now) + " was opened on instance " + std::to_string(entry.instance) +
                 " while it is open on instance " + std::to_string(at->second));
  at->second = entry.instance;
  open_in_[entry.instance] = now;
}

void OpenedOnce::killed(TimePoint, std::uint32_t instance) {
  if (instance < open_in_.size()) closed(instance);
}

void OpenedOnce::closed(std::uint32_t instance) {
  const auto at = opened_.find(open_in_[instance]);
  if (at != opened_.end() && at->second == instance) opened_.erase(at);
  open_in_[instance].clear();
}

}  // namespace escrowstorm::sim
