// Pays escrows out, each once, whoever asks how often. payout_run.hpp says how. Lives on the
// world's executor; references outlive it.
#pragma once

#include <deque>
#include <map>
#include <memory>

#include "coordinator/payout/payout_outcome.hpp"
#include "coordinator/payout/payout_run.hpp"

namespace escrowstorm::coordinator {

class Payouts {
 public:
  Payouts(std::shared_ptr<Carrier> carrier, Sessions& sessions, LivingEscrows& escrows,
          Watch& watch, PayoutOptions options, Persistence persistence);

  // Returns when it is closed, or can't be paid: not funded, decided otherwise before, or failing
  // again and again. May be asked by several at once. REQUIRES: the escrow lives.
  Awaitable<PayoutOutcome> pay_out(EscrowId escrow, Decision decision);

 private:
  struct UnderWay {
    std::optional<std::string> failure;
    std::deque<Carrier::Ticket> waiting;
  };

  PayoutOutcome outcome_of(EscrowId escrow, std::optional<std::string> failure) const;

  const std::shared_ptr<Carrier> carrier_;
  Sessions& sessions_;
  LivingEscrows& escrows_;
  Watch& watch_;
  const PayoutOptions options_;
  const Persistence persistence_;
  std::map<EscrowId, std::shared_ptr<UnderWay>> under_way_;
};

}  // namespace escrowstorm::coordinator
