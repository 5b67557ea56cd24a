// Addresses and keys of the open wallet.
#include "mockrpc/keys/address.hpp"

#include <set>

#include "mockrpc/answer_room.hpp"
#include "mockrpc/instance/methods.hpp"
#include "mockrpc/keys/hex.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

constexpr std::size_t entry_bytes = 200;  // without the label

std::set<mockrpc::SubaddressIndex> used_addresses(const WalletMoney& money) {
  std::set<mockrpc::SubaddressIndex> used;
  for (const OwnedOutput& output : money.outputs) used.insert(output.subaddress);
  return used;
}

}  // namespace

Execution run(Slot& slot, const GetAddress& request) {
  if (!slot.wallet) return no_wallet_open();
  const std::uint32_t account = request.account_index;
  const std::uint32_t count = slot.wallet->subaddresses().addresses(account);
  if (count == 0) return account_out_of_bounds();
  std::vector<std::uint32_t> indices = request.address_index;
  if (indices.empty())
    for (std::uint32_t i = 0; i < count; ++i) indices.push_back(i);

  const std::set<mockrpc::SubaddressIndex> used = used_addresses(slot.wallet->money());
  AnswerRoom room;
  GetAddress::Answer answer;
  answer.address = slot.wallet->addresses().text({account, 0});
  for (const std::uint32_t i : indices) {
    if (i >= count) return address_out_of_bounds();
    const mockrpc::SubaddressIndex index{account, i};
    GetAddress::Entry entry;
    entry.address = slot.wallet->addresses().text(index);
    entry.address_index = i;
    entry.label = slot.wallet->subaddresses().label(index);
    entry.used = used.contains(index);
    if (!request.address_index.empty() && !room.take(entry_bytes + entry.label.size()))
      return answer_too_long();
    answer.addresses.push_back(std::move(entry));
  }
  return answered<GetAddress>(std::move(answer));
}

// An OpenAlias name is answered as one that does not resolve: nothing is looked up.
Execution run(Slot& slot, const ValidateAddress& request) {
  if (!request.any_net_type && !slot.wallet) return no_wallet_open();
  ValidateAddress::Answer answer;
  for (const Network network : all_networks) {
    if (!request.any_net_type && network != slot.host.network) continue;
    const std::optional<Address> address = parse_address(request.address, network);
    if (!address) continue;
    answer.valid = true;
    answer.nettype = name_of(network);
    answer.integrated = address->kind == AddressKind::integrated;
    answer.subaddress = address->kind == AddressKind::subaddress;
    break;
  }
  return answered<ValidateAddress>(std::move(answer));
}

Execution run(Slot& slot, const QueryKey& request) {
  if (!slot.wallet) return no_wallet_open();
  const MultisigStatus status = slot.wallet->multisig_status();
  QueryKey::Answer answer;
  if (request.key_type == "mnemonic") {
    if (status.multisig && !status.ready)
      return failed(error_code::not_multisig, "This wallet is multisig, but not yet finalized");
    if (!status.multisig && !slot.wallet->has_seed())
      return failed(error_code::non_deterministic,
                    "The wallet is non-deterministic. Cannot display seed.");
    if (!status.multisig && slot.wallet->language().empty())
      return failed(error_code::unknown_error, "Failed to get seed.");
    answer.key = status.multisig ? slot.wallet->multisig_seed() : slot.wallet->mnemonic();
  } else if (request.key_type == "view_key") {
    answer.key = to_hex(view_of(slot.wallet->view_secret().bytes));
  } else if (request.key_type == "spend_key") {
    answer.key = to_hex(view_of(slot.wallet->spend_secret().bytes));
  } else {
    return failed(error_code::none, "key_type " + request.key_type + " not found");
  }
  return answered<QueryKey>(std::move(answer));
}

}  // namespace escrowstorm::mockrpc
