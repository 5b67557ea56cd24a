// What the open wallet holds, and how far it has looked.
#include "mockrpc/wallet/balance.hpp"

#include <algorithm>
#include <set>

#include "mockrpc/answer_room.hpp"
#include "mockrpc/instance/methods.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

using Answer = GetBalance::Answer;

constexpr std::size_t entry_bytes = 400;

std::set<std::uint32_t> addresses_asked_for(const GetBalance& request,
                                            const std::map<std::uint32_t, Amount>& held) {
  if (!request.all_accounts && !request.address_indices.empty())
    return {request.address_indices.begin(), request.address_indices.end()};
  std::set<std::uint32_t> all;
  for (const auto& [address, amount] : held) all.insert(address);
  return all;
}

std::uint64_t count_unspent(const WalletMoney& money, mockrpc::SubaddressIndex index) {
  return static_cast<std::uint64_t>(std::count_if(
      money.outputs.begin(), money.outputs.end(),
      [&](const OwnedOutput& output) { return !output.spent && output.subaddress == index; }));
}

void add_account(Slot& slot, const GetBalance& request, std::uint32_t account, Answer& answer) {
  Wallet& wallet = *slot.wallet;
  auto held =
      balances(wallet.money(), account, request.strict, wallet.addresses(), wallet.subaddresses());
  auto unlocked = unlocked_balances(wallet.money(), account, request.strict, unix_time(slot));
  for (const auto& [address, amount] : held) answer.balance = sum(answer.balance, amount);
  for (const auto& [address, part] : unlocked) {
    answer.unlocked_balance = sum(answer.unlocked_balance, part.amount);
    answer.blocks_to_unlock = std::max(answer.blocks_to_unlock, part.blocks_to_unlock);
    answer.time_to_unlock = std::max(answer.time_to_unlock, part.seconds_to_unlock);
  }
  // Any index has an address, whether the wallet shows it or not.
  for (const std::uint32_t address : addresses_asked_for(request, held)) {
    const mockrpc::SubaddressIndex index{account, address};
    const UnlockedBalance& part = unlocked[address];
    GetBalance::PerSubaddress entry;
    entry.account_index = account;
    entry.address_index = address;
    entry.address = wallet.addresses().text(index);
    entry.label = wallet.subaddresses().label(index);
    entry.balance = held[address];
    entry.unlocked_balance = part.amount;
    entry.blocks_to_unlock = part.blocks_to_unlock;
    entry.time_to_unlock = part.seconds_to_unlock;
    entry.num_unspent_outputs = count_unspent(wallet.money(), index);
    answer.per_subaddress.push_back(std::move(entry));
  }
}

}  // namespace

Execution run(Slot& slot, const GetBalance& request) {
  if (!slot.wallet) return no_wallet_open();
  if (!AnswerRoom().take(entry_bytes * request.address_indices.size())) return answer_too_long();
  GetBalance::Answer answer;
  const auto& outputs = slot.wallet->money().outputs;
  answer.multisig_import_needed =
      std::any_of(outputs.begin(), outputs.end(),
                  [](const OwnedOutput& output) { return output.key_image_partial; });
  if (request.all_accounts) {
    for (std::uint32_t i = 0; i < slot.wallet->subaddresses().accounts(); ++i)
      add_account(slot, request, i, answer);
  } else {
    add_account(slot, request, request.account_index, answer);
  }
  return answered<GetBalance>(std::move(answer));
}

Execution run(Slot& slot, const GetHeight&) {
  if (!slot.wallet) return no_wallet_open();
  GetHeight::Answer answer;
  answer.height = slot.wallet->money().height;
  return answered<GetHeight>(std::move(answer));
}

}  // namespace escrowstorm::mockrpc
