// Subaddresses of the open wallet.
#include "mockrpc/instance/methods.hpp"
#include "mockrpc/keys/address.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

Execution run(Slot& slot, const CreateAddress& request) {
  if (!slot.wallet) return no_wallet_open();
  const std::uint32_t most = slot.host.version->addresses_at_once_max;
  if (request.count < 1 || request.count > most)
    return failed(error_code::unknown_error,
                  "Count must be between 1 and " + std::to_string(most) + ".");
  Subaddresses& subaddresses = slot.wallet->subaddresses();
  if (request.account_index >= subaddresses.accounts()) return account_out_of_bounds();

  CreateAddress::Answer answer;
  for (std::uint32_t i = 0; i < request.count; ++i) {
    const std::uint32_t address = subaddresses.add_address(request.account_index, request.label);
    answer.address_indices.push_back(address);
    answer.addresses.push_back(slot.wallet->addresses().text({request.account_index, address}));
  }
  answer.address = answer.addresses.front();
  answer.address_index = answer.address_indices.front();
  return answered<CreateAddress>(std::move(answer));
}

Execution run(Slot& slot, const LabelAddress& request) {
  if (!slot.wallet) return no_wallet_open();
  Subaddresses& subaddresses = slot.wallet->subaddresses();
  const mockrpc::SubaddressIndex index{request.index.major, request.index.minor};
  if (index.account >= subaddresses.accounts()) return account_out_of_bounds();
  if (!subaddresses.contains(index)) return address_out_of_bounds();
  subaddresses.set_label(index, request.label);
  return answered<LabelAddress>({});
}

Execution run(Slot& slot, const GetAddressIndex& request) {
  if (!slot.wallet) return no_wallet_open();
  const std::optional<Address> address = parse_address(request.address, slot.host.network);
  if (!address) return failed(error_code::wrong_address, "Invalid address");
  const auto index = slot.wallet->addresses().index_of(address->spend, slot.wallet->subaddresses());
  if (!index) return failed(error_code::wrong_address, "Address doesn't belong to the wallet");
  GetAddressIndex::Answer answer;
  answer.index = shown(*index);
  return answered<GetAddressIndex>(std::move(answer));
}

}  // namespace escrowstorm::mockrpc
