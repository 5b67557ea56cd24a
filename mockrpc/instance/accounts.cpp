// Accounts of the open wallet, their labels and tags.
#include <boost/regex.hpp>
#include <set>

#include "mockrpc/instance/methods.hpp"
#include "mockrpc/wallet/balance.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

// Throws what boost::regex throws of a bad pattern.
bool is_asked_for(const GetAccounts& request, const std::string& tag) {
  if (request.tag.empty()) return true;
  return request.regexp ? boost::regex_match(tag, boost::regex(request.tag)) : tag == request.tag;
}

GetAccounts::Account describe(Slot& slot, std::uint32_t index, bool strict) {
  Wallet& wallet = *slot.wallet;
  GetAccounts::Account account;
  account.account_index = index;
  account.base_address = wallet.addresses().text({index, 0});
  account.label = wallet.subaddresses().label({index, 0});
  account.tag = wallet.subaddresses().tag(index);
  for (const auto& [address, amount] :
       balances(wallet.money(), index, strict, wallet.addresses(), wallet.subaddresses()))
    account.balance = sum(account.balance, amount);
  for (const auto& [address, part] :
       unlocked_balances(wallet.money(), index, strict, unix_time(slot)))
    account.unlocked_balance = sum(account.unlocked_balance, part.amount);
  return account;
}

// As far as it comes: what is before a bad index keeps the tag.
Execution set_tags(Slot& slot, const std::vector<std::uint32_t>& accounts, const std::string& tag,
                   Execution done) {
  if (!slot.wallet) return no_wallet_open();
  Subaddresses& subaddresses = slot.wallet->subaddresses();
  for (const std::uint32_t account : std::set<std::uint32_t>(accounts.begin(), accounts.end())) {
    if (account >= subaddresses.accounts())
      return failed(error_code::unknown_error, "Account index out of bound");
    subaddresses.set_tag(account, tag);
  }
  return done;
}

}  // namespace

Execution run(Slot& slot, const GetAccounts& request) {
  if (!slot.wallet) return no_wallet_open();
  const Subaddresses& subaddresses = slot.wallet->subaddresses();
  if (!request.tag.empty() && !subaddresses.tags().contains(request.tag) && !request.regexp)
    return failed(error_code::unknown_error, "Tag " + request.tag + " is unregistered.");

  GetAccounts::Answer answer;
  try {
    for (std::uint32_t i = 0; i < subaddresses.accounts(); ++i)
      if (is_asked_for(request, subaddresses.tag(i)))
        answer.subaddress_accounts.push_back(describe(slot, i, request.strict_balances));
  } catch (const boost::regex_error& bad_pattern) {
    return failed(error_code::unknown_error, bad_pattern.what());
  }
  if (answer.subaddress_accounts.empty() && request.regexp)
    return failed(error_code::unknown_error, "No matches for regex filter " + request.tag + " .");
  for (const GetAccounts::Account& account : answer.subaddress_accounts) {
    answer.total_balance = sum(answer.total_balance, account.balance);
    answer.total_unlocked_balance = sum(answer.total_unlocked_balance, account.unlocked_balance);
  }
  return answered<GetAccounts>(std::move(answer));
}

Execution run(Slot& slot, const CreateAccount& request) {
  if (!slot.wallet) return no_wallet_open();
  CreateAccount::Answer answer;
  answer.account_index = slot.wallet->subaddresses().add_account(request.label);
  answer.address = slot.wallet->addresses().text({answer.account_index, 0});
  return answered<CreateAccount>(std::move(answer));
}

Execution run(Slot& slot, const LabelAccount& request) {
  if (!slot.wallet) return no_wallet_open();
  const mockrpc::SubaddressIndex index{request.account_index, 0};
  if (!slot.wallet->subaddresses().contains(index)) return account_out_of_bounds();
  slot.wallet->subaddresses().set_label(index, request.label);
  return answered<LabelAccount>({});
}

Execution run(Slot& slot, const GetAccountTags&) {
  if (!slot.wallet) return no_wallet_open();
  const Subaddresses& subaddresses = slot.wallet->subaddresses();
  GetAccountTags::Answer answer;
  for (const auto& [tag, description] : subaddresses.tags()) {
    GetAccountTags::Tag entry;
    entry.tag = tag;
    entry.label = description;
    for (std::uint32_t i = 0; i < subaddresses.accounts(); ++i)
      if (subaddresses.tag(i) == tag) entry.accounts.push_back(i);
    answer.account_tags.push_back(std::move(entry));
  }
  return answered<GetAccountTags>(std::move(answer));
}

Execution run(Slot& slot, const TagAccounts& request) {
  return set_tags(slot, request.accounts, request.tag, answered<TagAccounts>({}));
}

Execution run(Slot& slot, const UntagAccounts& request) {
  return set_tags(slot, request.accounts, "", answered<UntagAccounts>({}));
}

Execution run(Slot& slot, const SetAccountTagDescription& request) {
  if (!slot.wallet) return no_wallet_open();
  if (request.tag.empty()) return failed(error_code::unknown_error, "Tag must not be empty");
  if (!slot.wallet->subaddresses().tags().contains(request.tag))
    return failed(error_code::unknown_error, "Tag is unregistered");
  slot.wallet->subaddresses().describe_tag(request.tag, request.description);
  return answered<SetAccountTagDescription>({});
}

}  // namespace escrowstorm::mockrpc
