// What becomes of escrows once they are set up: their sessions, their balances, their payouts, and
// the records of them all. Lives on the world's executor; references outlive it. Destroying it
// drops what is under way in it, as a crash would.
#pragma once

#include <functional>
#include <memory>

#include "coordinator/life/life_options.hpp"
#include "coordinator/payout/payouts.hpp"
#include "coordinator/watch/watch.hpp"

namespace escrowstorm::coordinator {

class Lives {
 public:
  // `folder`, `drain`: as of WalletOpener.
  Lives(std::shared_ptr<Carrier> carrier, SlotPool& slots, WalletFolder* folder,
        std::function<void(InstanceId)> drain, const LifeOptions& options, Persistence persistence,
        bool verify_wallet);

  // From now on it can be asked for; a payout that was decided goes on. REQUIRES:
  // lives(record.phase), and it is not there yet.
  void add(EscrowRecord record);
  // The same of one whose wallets are still open on the instances of `lease`.
  void add(EscrowRecord record, const Lease& lease);

  // A failure where no such escrow lives.
  Awaitable<BalanceOutcome> balance(EscrowId escrow);
  Awaitable<PayoutOutcome> pay_out(EscrowId escrow, Decision decision);

  // Closes what is open, once nobody uses it.
  Awaitable<void> rest() { return sessions_.end_idle(); }

 private:
  static Awaitable<void> go_on(std::weak_ptr<Carrier> alive, Lives* self, EscrowId escrow);

  const std::shared_ptr<Carrier> carrier_;
  LivingEscrows escrows_;
  Sessions sessions_;
  Watch watch_;
  Payouts payouts_;
};

}  // namespace escrowstorm::coordinator
