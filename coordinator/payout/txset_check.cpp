#include "coordinator/payout/txset_check.hpp"

#include <algorithm>
#include <optional>

#include "coordinator/client/error_text.hpp"

namespace escrowstorm::coordinator {
namespace {

using Description = walletrpc::DescribeTransfer::Description;

std::string text_of(Amount amount) { return std::to_string(amount.atomic()) + " atomic units"; }

// Of one transaction, its amounts left out.
std::optional<std::string> wrong_with(const Description& one, const PayoutOrder& order) {
  if (one.recipients.empty()) return "it pays nobody";
  for (const walletrpc::TransferDestination& recipient : one.recipients) {
    if (recipient.address != order.payee_address)
      return "it pays " + shortened(recipient.address) + " instead of " +
             shortened(order.payee_address);
  }
  if (one.change_amount > Amount()) return "it keeps " + text_of(one.change_amount) + " as change";
  if (one.unlock_time != 0) return "it locks what it pays";
  return std::nullopt;
}

// Adds up; false on overflow, as no amounts of real outputs do.
bool add(Amount& sum, Amount more) {
  const std::optional<Amount> total = sum.plus(more);
  if (total) sum = *total;
  return total.has_value();
}

}  // namespace

std::variant<CheckedTxset, std::string> check_txset(
    const walletrpc::DescribeTransfer::Answer& described, const PayoutOrder& order) {
  if (described.desc.empty()) return std::string("it has no transaction");
  CheckedTxset sums;
  Amount spent;
  for (const Description& one : described.desc) {
    if (auto wrong = wrong_with(one, order)) return std::move(*wrong);
    bool fits = add(spent, one.amount_in) && add(sums.fee, one.fee);
    for (const walletrpc::TransferDestination& recipient : one.recipients)
      fits = fits && add(sums.paid, recipient.amount);
    if (!fits) return std::string("its amounts are more than there is");
  }
  if (sums.paid.plus(sums.fee) != spent) return std::string("its amounts do not add up");
  if (sums.fee > order.fee_max)
    return "its fee of " + text_of(sums.fee) + " is over the bound of " + text_of(order.fee_max);
  if (spent < order.at_least)
    return "it spends " + text_of(spent) + ", the price is " + text_of(order.at_least);
  return sums;
}

}  // namespace escrowstorm::coordinator
