// Addresses with a payment id in them.
#include <algorithm>

#include "mockrpc/instance/methods.hpp"
#include "mockrpc/keys/address.hpp"
#include "mockrpc/keys/hex.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

std::optional<PaymentId> parse_id(std::string_view hex) {
  const std::optional<std::string> bytes = from_hex(hex);
  PaymentId id{};
  if (!bytes || bytes->size() != id.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), id.begin());
  return id;
}

Execution wrong_address(std::string text) {
  return failed(error_code::wrong_address, std::move(text));
}

}  // namespace

Execution run(Slot& slot, const MakeIntegratedAddress& request) {
  if (!slot.wallet) return no_wallet_open();
  std::optional<PaymentId> id;
  if (request.payment_id.empty()) {
    slot.random.fill(id.emplace());
  } else {
    id = parse_id(request.payment_id);
    if (!id) return failed(error_code::wrong_payment_id, "Invalid payment ID");
  }
  const std::string& given = request.standard_address;
  std::optional<Address> address =
      parse_address(given.empty() ? slot.wallet->address() : given, slot.host.network);
  if (!address) return wrong_address("Invalid address");
  if (address->kind == AddressKind::subaddress)
    return wrong_address("Subaddress shouldn't be used");
  if (address->kind == AddressKind::integrated) return wrong_address("Already integrated address");

  address->kind = AddressKind::integrated;
  address->payment_id = *id;
  MakeIntegratedAddress::Answer answer;
  answer.integrated_address = address_text(*address);
  answer.payment_id = to_hex(view_of(*id));
  return answered<MakeIntegratedAddress>(std::move(answer));
}

Execution run(Slot& slot, const SplitIntegratedAddress& request) {
  if (!slot.wallet) return no_wallet_open();
  std::optional<Address> address = parse_address(request.integrated_address, slot.host.network);
  if (!address) return wrong_address("Invalid address");
  if (address->kind != AddressKind::integrated)
    return wrong_address("Address is not an integrated address");
  SplitIntegratedAddress::Answer answer;
  answer.payment_id = to_hex(view_of(address->payment_id));
  address->kind = AddressKind::standard;
  answer.standard_address = address_text(*address);
  return answered<SplitIntegratedAddress>(std::move(answer));
}

}  // namespace escrowstorm::mockrpc
