#include "coordinator/life/lives.hpp"

#include <utility>

namespace escrowstorm::coordinator {
namespace {

std::string no_such(EscrowId escrow) {
  return "escrow " + std::to_string(escrow) + " has no address: it was never set up, or failed";
}

}  // namespace

Lives::Lives(std::shared_ptr<Carrier> carrier, SlotPool& slots, WalletFolder* folder,
             std::function<void(InstanceId)> drain, const LifeOptions& options,
             Persistence persistence, bool verify_wallet)
    : carrier_(carrier),
      sessions_(carrier, WalletOpener::Seams{slots, escrows_, folder, std::move(drain)},
                options.sessions, verify_wallet),
      watch_(carrier, sessions_, escrows_, options.watch),
      payouts_(carrier, sessions_, escrows_, watch_, options.payout, persistence) {}

void Lives::add(EscrowRecord record) {
  record.messages = {};  // of no use any more
  const EscrowId id = record.id;
  escrows_.emplace(id, std::move(record));
  watch_.begin_background(id);
  const EscrowRecord& living = escrows_.at(id);
  if (living.payout.decision && living.phase != Phase::closed)
    carrier_->spawn(id, go_on(carrier_, this, id));
}

Awaitable<void> Lives::go_on(std::weak_ptr<Carrier> alive, Lives* self, EscrowId escrow) {
  if (alive.expired()) co_return;
  const Decision decision = *self->escrows_.at(escrow).payout.decision;
  co_await self->payouts_.pay_out(escrow, decision);
}

void Lives::add(EscrowRecord record, const Lease& lease) {
  const EscrowId id = record.id;
  add(std::move(record));
  sessions_.adopt(id, lease);
}

Awaitable<BalanceOutcome> Lives::balance(EscrowId escrow) {
  if (!escrows_.contains(escrow)) {
    BalanceOutcome none;
    none.failure = no_such(escrow);
    co_return none;
  }
  BalanceOutcome outcome = co_await watch_.balance(escrow);
  co_return outcome;
}

Awaitable<PayoutOutcome> Lives::pay_out(EscrowId escrow, Decision decision) {
  if (!escrows_.contains(escrow)) {
    PayoutOutcome none;
    none.failure = no_such(escrow);
    co_return none;
  }
  PayoutOutcome outcome = co_await payouts_.pay_out(escrow, decision);
  co_return outcome;
}

}  // namespace escrowstorm::coordinator
