// What a payout is held to.
#pragma once

#include <cstdint>

#include "base/amount.hpp"
#include "base/time.hpp"

namespace escrowstorm::coordinator {

struct PayoutOptions {
  Amount fee_max = Amount::from_atomic(Amount::per_xmr / 20);  // of all its transactions
  std::uint64_t confirmations = 10;                            // blocks, until it is closed
  Duration look_every = std::chrono::minutes(2);               // for each that is missing

  friend bool operator==(const PayoutOptions&, const PayoutOptions&) = default;
};

}  // namespace escrowstorm::coordinator
