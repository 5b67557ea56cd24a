// How a payout ended, for who asked for it.
#pragma once

#include <string>
#include <vector>

#include "base/amount.hpp"

namespace escrowstorm::coordinator {

struct PayoutOutcome {
  bool paid = false;  // and confirmed
  Amount amount;      // that the payee got
  Amount fee;
  std::vector<std::string> tx_hashes;
  std::string failure;  // one clause, when it is not paid; may be asked again
};

}  // namespace escrowstorm::coordinator
