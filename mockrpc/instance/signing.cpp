// Texts signed with the keys of an address.
#include "mockrpc/instance/methods.hpp"
#include "mockrpc/keys/address.hpp"
#include "mockrpc/wallet/message_signature.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

// Of the spend and the view key. The main address of a multisig wallet has the group's points but
// our part of the secret; its subaddresses are made from that part alone here, as the real one
// makes them.
struct AddressSecrets {
  AddressKeys keys;
  Scalar spend;
  Scalar view;
};

AddressSecrets secrets_of(const Slot& slot, mockrpc::SubaddressIndex index) {
  AddressSecrets secrets;
  secrets.spend = slot.wallet->spend_secret();
  secrets.view = slot.wallet->view_secret();
  if (index == mockrpc::SubaddressIndex()) {
    const auto address = parse_address(slot.wallet->address(), slot.host.network);
    secrets.keys = {address->spend, address->view};
    return secrets;
  }
  secrets.spend = plus(secrets.spend, subaddress_offset(index, secrets.view));
  secrets.view = times(secrets.view, secrets.spend);
  secrets.keys = {base_point_times(secrets.spend), base_point_times(secrets.view)};
  return secrets;
}

}  // namespace

Execution run(Slot& slot, const Sign& request) {
  if (!slot.wallet) return no_wallet_open();
  const std::string& type = request.signature_type;
  if (!type.empty() && type != "spend" && type != "view")
    return failed(error_code::invalid_signature_type, "Invalid signature type requested");
  const AddressSecrets secrets = secrets_of(slot, {request.account_index, request.address_index});
  const bool view = type == "view";
  Sign::Answer answer;
  answer.signature =
      sign_message(request.data, secrets.keys, view ? SignedWith::view_key : SignedWith::spend_key,
                   view ? secrets.view : secrets.spend, slot.random);
  return answered<Sign>(std::move(answer));
}

// An OpenAlias name is no address: nothing is looked up.
Execution run(Slot& slot, const Verify& request) {
  if (!slot.wallet) return no_wallet_open();
  const auto address = parse_address(request.address, slot.host.network);
  if (!address) return failed(error_code::wrong_address, "");
  const auto good =
      verify_message(request.data, {address->spend, address->view}, request.signature);
  Verify::Answer answer;
  answer.good = good.has_value();
  answer.old = good && good->version == 1;
  answer.signature_type = good && good->with == SignedWith::view_key ? "view" : "spend";
  answer.version = good ? good->version : 0;
  return answered<Verify>(std::move(answer));
}

}  // namespace escrowstorm::mockrpc
