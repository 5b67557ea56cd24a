// Sees money arrive. One look at a time for an escrow: who asks meanwhile gets the same answer, and
// who asks soon after it that one again. The first look that finds the price, spendable, makes the
// escrow funded, which is committed.
//
// Lives on the world's executor; references outlive it. Tells events of kind escrow: "balance" for
// each look, "balance_joined" for who gets the answer of one that is under way.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>

#include "coordinator/life/balance.hpp"
#include "coordinator/life/living_escrows.hpp"
#include "coordinator/life/wallet_work.hpp"
#include "coordinator/watch/balance_policy.hpp"

namespace escrowstorm::coordinator {

class Watch {
 public:
  Watch(std::shared_ptr<Carrier> carrier, Sessions& sessions, LivingEscrows& escrows,
        WatchOptions options);

  // REQUIRES, all of these: the escrow lives.
  Awaitable<BalanceOutcome> balance(EscrowId escrow);

  // The next answer is a new one.
  void forget(EscrowId escrow) { cache_.erase(escrow); }

  // Looks by itself from now on, if that is the policy.
  void begin_background(EscrowId escrow);

 private:
  struct Look {
    BalanceOutcome outcome;
    std::deque<Carrier::Ticket> waiting;
  };

  Awaitable<BalanceOutcome> look(EscrowId escrow);
  Awaitable<std::optional<WorkFailure>> look_in(OpenWallets wallets, EscrowRecord& record,
                                                Balance& balance);
  RoleSet roles_for(EscrowId escrow) const;
  void tell_joined(EscrowId escrow);
  static Awaitable<void> keep_looking(std::weak_ptr<Carrier> alive, Watch* self, EscrowId escrow);

  const std::shared_ptr<Carrier> carrier_;
  Sessions& sessions_;
  LivingEscrows& escrows_;
  const WatchOptions options_;
  std::map<EscrowId, Balance> cache_;
  std::map<EscrowId, std::shared_ptr<Look>> looks_;  // under way
};

}  // namespace escrowstorm::coordinator
