// What an escrow's address holds, as one of its wallets sees it.
#pragma once

#include <string>

#include "base/amount.hpp"
#include "base/time.hpp"

namespace escrowstorm::coordinator {

struct Balance {
  Amount total;     // what was seen to arrive, the pool's left out
  Amount unlocked;  // of it, what can be spent now
  TimePoint seen{};

  friend bool operator==(const Balance&, const Balance&) = default;
};

// A look at it. A failure may be asked again.
struct BalanceOutcome {
  bool seen = false;
  Balance balance;
  std::string failure;  // one clause, when it was not seen
};

}  // namespace escrowstorm::coordinator
