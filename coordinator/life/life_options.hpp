// How a coordinator treats escrows once they are set up.
#pragma once

#include "coordinator/payout/payout_options.hpp"
#include "coordinator/sessions/session_policy.hpp"
#include "coordinator/watch/balance_policy.hpp"

namespace escrowstorm::coordinator {

struct LifeOptions {
  SessionOptions sessions;
  WatchOptions watch;
  PayoutOptions payout;

  friend bool operator==(const LifeOptions&, const LifeOptions&) = default;
};

}  // namespace escrowstorm::coordinator
