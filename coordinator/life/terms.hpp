// What the parties agreed on when the escrow was asked for. Without a price nothing is ever paid
// out: it is asked for its address only.
#pragma once

#include <string>

#include "base/amount.hpp"
#include "coordinator/life/decision.hpp"

namespace escrowstorm::coordinator {

struct Terms {
  Terms() = default;  // no aggregate: g++ 12 miscompiles those as default arguments in co_await

  Amount price;                // has to be there before the money goes anywhere
  std::string buyer_address;   // where a refund goes
  std::string vendor_address;  // where a release goes

  const std::string& address_of(Role payee) const {
    return payee == Role::vendor ? vendor_address : buyer_address;
  }

  friend bool operator==(const Terms&, const Terms&) = default;
};

}  // namespace escrowstorm::coordinator
