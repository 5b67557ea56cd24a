#include "coordinator/payout/payouts.hpp"

#include <utility>

namespace escrowstorm::coordinator {

Payouts::Payouts(std::shared_ptr<Carrier> carrier, Sessions& sessions, LivingEscrows& escrows,
                 Watch& watch, PayoutOptions options, Persistence persistence)
    : carrier_(std::move(carrier)),
      sessions_(sessions),
      escrows_(escrows),
      watch_(watch),
      options_(options),
      persistence_(persistence) {}

Awaitable<PayoutOutcome> Payouts::pay_out(EscrowId escrow, Decision decision) {
  EscrowRecord& record = escrows_.at(escrow);
  const std::optional<Decision> before = record.payout.decision;
  if (before && *before != decision) {
    const std::string decided(name_of(*before));
    co_return outcome_of(escrow, decided + " was decided before");
  }
  if (record.phase == Phase::closed) co_return outcome_of(escrow, std::nullopt);

  std::shared_ptr<UnderWay>& under_way = under_way_[escrow];
  if (under_way) {
    const std::shared_ptr<UnderWay> joined = under_way;
    const Carrier::Ticket over = carrier_->expect();
    joined->waiting.push_back(over);
    co_await carrier_->until(over);
    co_return outcome_of(escrow, joined->failure);
  }
  const std::shared_ptr<UnderWay> mine = std::make_shared<UnderWay>();
  under_way = mine;
  PayoutRun run(*carrier_, sessions_, options_, persistence_, record, decision);
  mine->failure = co_await run.run();
  watch_.forget(escrow);
  under_way_.erase(escrow);
  for (const Carrier::Ticket waiting : mine->waiting) carrier_->happened(escrow, waiting);
  co_return outcome_of(escrow, mine->failure);
}

PayoutOutcome Payouts::outcome_of(EscrowId escrow, std::optional<std::string> failure) const {
  PayoutOutcome outcome;
  outcome.paid = !failure;
  const Payout& payout = escrows_.at(escrow).payout;
  outcome.amount = payout.paid;
  outcome.fee = payout.fee;
  outcome.tx_hashes = payout.tx_hashes;
  if (failure) outcome.failure = std::move(*failure);
  return outcome;
}

}  // namespace escrowstorm::coordinator
