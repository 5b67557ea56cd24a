// The address book of the open wallet. OpenAlias names are answered as ones that are no address.
#include "mockrpc/answer_room.hpp"
#include "mockrpc/instance/methods.hpp"
#include "mockrpc/keys/address.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

constexpr std::size_t entry_bytes = 200;  // without the description

Execution out_of_range(std::uint64_t index) {
  return failed(error_code::wrong_index, "Index out of range: " + std::to_string(index));
}

Execution wrong_address(const std::string& address) {
  return failed(error_code::wrong_address, "WALLET_RPC_ERROR_CODE_WRONG_ADDRESS: " + address);
}

// The older version keeps a payment id only where there was one before, and a new address is given
// too.
Address replaced(const Version& version, const Address& before, std::optional<Address> given) {
  Address after = given.value_or(before);
  if (version.edits_payment_ids) return after;
  const bool keeps_id = given && before.kind == AddressKind::integrated;
  if (keeps_id && after.kind != AddressKind::integrated) after.payment_id = before.payment_id;
  if (keeps_id)
    after.kind = AddressKind::integrated;
  else if (after.kind == AddressKind::integrated)
    after.kind = AddressKind::standard;
  return after;
}

}  // namespace

Execution run(Slot& slot, const GetAddressBook& request) {
  if (!slot.wallet) return no_wallet_open();
  const auto& book = slot.wallet->address_book();
  std::vector<std::uint64_t> indices = request.entries;
  if (indices.empty())
    for (std::uint64_t i = 0; i < book.size(); ++i) indices.push_back(i);
  AnswerRoom room;
  GetAddressBook::Answer answer;
  for (const std::uint64_t index : indices) {
    if (index >= book.size()) return out_of_range(index);
    if (!request.entries.empty() && !room.take(entry_bytes + book[index].description.size()))
      return answer_too_long();
    GetAddressBook::Entry& entry = answer.entries.emplace_back();
    entry.index = index;
    entry.address = book[index].address;
    entry.description = book[index].description;
  }
  return answered<GetAddressBook>(std::move(answer));
}

Execution run(Slot& slot, const AddAddressBook& request) {
  if (!slot.wallet) return no_wallet_open();
  const auto address = parse_address(request.address, slot.host.network);
  if (!address) return wrong_address(request.address);
  auto& book = slot.wallet->address_book();
  book.push_back({address_text(*address), request.description});
  AddAddressBook::Answer answer;
  answer.index = book.size() - 1;
  return answered<AddAddressBook>(std::move(answer));
}

Execution run(Slot& slot, const EditAddressBook& request) {
  if (!slot.wallet) return no_wallet_open();
  auto& book = slot.wallet->address_book();
  if (request.index >= book.size()) return out_of_range(request.index);
  AddressBookEntry& entry = book[request.index];
  std::optional<Address> given;
  if (request.set_address) {
    given = parse_address(request.address, slot.host.network);
    if (!given) return wrong_address(request.address);
  }
  const auto before = parse_address(entry.address, slot.host.network);
  if (before) entry.address = address_text(replaced(*slot.host.version, *before, given));
  if (request.set_description) entry.description = request.description;
  return answered<EditAddressBook>({});
}

Execution run(Slot& slot, const DeleteAddressBook& request) {
  if (!slot.wallet) return no_wallet_open();
  auto& book = slot.wallet->address_book();
  if (request.index >= book.size()) return out_of_range(request.index);
  book.erase(book.begin() + static_cast<std::ptrdiff_t>(request.index));
  return answered<DeleteAddressBook>({});
}

}  // namespace escrowstorm::mockrpc
