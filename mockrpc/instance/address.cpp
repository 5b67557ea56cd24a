// Addresses and keys of the open wallet. It has one account with one address.
#include "mockrpc/keys/address.hpp"

#include "mockrpc/instance/methods.hpp"
#include "mockrpc/keys/hex.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

Execution run(Slot& slot, const GetAddress& request) {
  if (!slot.wallet) return no_wallet_open();
  if (request.account_index > 0)
    return failed(error_code::account_index_out_of_bounds, "account index is out of bound");

  GetAddress::Answer answer;
  answer.address = slot.wallet->address();
  GetAddress::Entry entry;
  entry.address = answer.address;
  entry.label = primary_label;
  if (request.address_index.empty()) answer.addresses.push_back(entry);
  for (const std::uint32_t index : request.address_index) {
    if (index > 0)
      return failed(error_code::address_index_out_of_bounds, "address index is out of bound");
    answer.addresses.push_back(entry);
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
