// What the open wallet holds: nothing, and it has looked no further than the first block. Accounts
// have no tags.
#include <boost/regex.hpp>
#include <set>

#include "mockrpc/instance/methods.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

// Whether an account without a tag is asked for. Throws what boost::regex throws of a bad pattern.
bool matches_untagged(const GetAccounts& request) {
  return request.tag.empty() || boost::regex_match(std::string(), boost::regex(request.tag));
}

}  // namespace

Execution run(Slot& slot, const GetBalance& request) {
  if (!slot.wallet) return no_wallet_open();
  GetBalance::Answer answer;
  if (!request.all_accounts) {
    // Any index has an address, whether the wallet shows it or not.
    const std::set<std::uint32_t> indices(request.address_indices.begin(),
                                          request.address_indices.end());
    for (const std::uint32_t index : indices) {
      GetBalance::PerSubaddress entry;
      entry.account_index = request.account_index;
      entry.address_index = index;
      entry.address = slot.wallet->subaddress(request.account_index, index);
      if (request.account_index == 0 && index == 0) entry.label = primary_label;
      answer.per_subaddress.push_back(std::move(entry));
    }
  }
  return answered<GetBalance>(std::move(answer));
}

Execution run(Slot& slot, const GetAccounts& request) {
  if (!slot.wallet) return no_wallet_open();
  if (!request.tag.empty() && !request.regexp)
    return failed(error_code::unknown_error, "Tag " + request.tag + " is unregistered.");
  try {
    if (!matches_untagged(request))
      return failed(error_code::unknown_error, "No matches for regex filter " + request.tag + " .");
  } catch (const std::exception& bad_pattern) {
    return failed(error_code::unknown_error, bad_pattern.what());
  }

  GetAccounts::Account account;
  account.base_address = slot.wallet->address();
  account.label = primary_label;
  GetAccounts::Answer answer;
  answer.subaddress_accounts.push_back(std::move(account));
  return answered<GetAccounts>(std::move(answer));
}

Execution run(Slot& slot, const GetHeight&) {
  if (!slot.wallet) return no_wallet_open();
  GetHeight::Answer answer;
  answer.height = slot.wallet->height();
  return answered<GetHeight>(std::move(answer));
}

}  // namespace escrowstorm::mockrpc
