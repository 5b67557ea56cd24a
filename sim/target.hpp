// Seam: what a storm drives: the coordinator, in process now, a service behind REST later; and the
// wallet RPCs beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/async.hpp"
#include "base/observer.hpp"
#include "base/walletrpc/request.hpp"
#include "coordinator/life/balance.hpp"
#include "coordinator/life/terms.hpp"
#include "coordinator/payout/payout_outcome.hpp"
#include "coordinator/setup/outcome.hpp"

namespace escrowstorm::sim {

class Target {
 public:
  virtual ~Target() = default;

  // One escrow from the request to the published address, or to its failure.
  virtual Awaitable<coordinator::SetupOutcome> set_up(EscrowId id, coordinator::Terms terms) = 0;

  // What one that is ready holds, and its end. Failures may be asked again.
  virtual Awaitable<coordinator::BalanceOutcome> balance(EscrowId id) = 0;
  virtual Awaitable<coordinator::PayoutOutcome> pay_out(EscrowId id,
                                                        coordinator::Decision decision) = 0;

  // One call beside all escrows, as who looks after the wallet RPCs makes it: the instances take
  // the calls in turn, by their number. Nothing when it was answered, otherwise why not.
  virtual Awaitable<std::optional<std::string>> call(std::uint64_t number,
                                                     walletrpc::Request request) = 0;

  // Nothing more is asked: what is kept for later need not be kept.
  virtual Awaitable<void> rest() = 0;
};

}  // namespace escrowstorm::sim
