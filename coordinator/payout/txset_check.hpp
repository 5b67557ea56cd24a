// What a signer looks at before it signs: whether a txset pays what was decided, to whom, and at
// what fee. Plain judgement of what describe_transfer answered.
#pragma once

#include <string>
#include <variant>

#include "base/amount.hpp"
#include "base/walletrpc/describe_transfer.hpp"

namespace escrowstorm::coordinator {

// What a payout has to be.
struct PayoutOrder {
  std::string payee_address;  // gets everything
  Amount at_least;            // payment and fee together: the price
  Amount fee_max;
};

struct CheckedTxset {
  Amount paid;  // to the payee
  Amount fee;
};

// The txset's figures, or what is wrong with it in one clause.
std::variant<CheckedTxset, std::string> check_txset(
    const walletrpc::DescribeTransfer::Answer& described, const PayoutOrder& order);

}  // namespace escrowstorm::coordinator
