#include "mockrpc/keys/address.hpp"

#include <algorithm>

#include "mockrpc/keys/base58.hpp"
#include "mockrpc/keys/byte_io.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/keys/keccak.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::size_t checksum_bytes = 4;

unsigned char prefix_of(const Address& address) {
  const AddressPrefixes prefixes = prefixes_of(address.network);
  switch (address.kind) {
    case AddressKind::standard:
      return prefixes.standard;
    case AddressKind::integrated:
      return prefixes.integrated;
    case AddressKind::subaddress:
      break;
  }
  return prefixes.subaddress;
}

std::optional<AddressKind> kind_of(std::uint64_t prefix, Network network) {
  const AddressPrefixes prefixes = prefixes_of(network);
  if (prefix == prefixes.standard) return AddressKind::standard;
  if (prefix == prefixes.integrated) return AddressKind::integrated;
  if (prefix == prefixes.subaddress) return AddressKind::subaddress;
  return std::nullopt;
}

std::string checksum_of(std::string_view bytes) {
  return std::string(view_of(keccak256(bytes)).substr(0, checksum_bytes));
}

// A zero for the version, both keys, and the sum of these bytes; the keys are not looked at.
constexpr std::size_t old_form_bytes = 1 + 32 + 32 + 1;

std::optional<Address> parse_old_form(std::string_view text, Network network) {
  const std::optional<std::string> bytes = from_hex(text);
  if (!bytes || bytes->front() != 0) return std::nullopt;
  unsigned char sum = 0;
  for (const char c : bytes->substr(0, old_form_bytes - 1)) sum += static_cast<unsigned char>(c);
  if (sum != static_cast<unsigned char>(bytes->back())) return std::nullopt;

  ByteReader reader(*bytes);
  reader.blob(1);
  Address address;
  address.network = network;
  address.spend.bytes = reader.bytes32();
  address.view.bytes = reader.bytes32();
  return address;
}

}  // namespace

std::string address_text(const Address& address) {
  ByteWriter writer;
  writer.varint(prefix_of(address));
  writer.blob(address.spend.bytes);
  writer.blob(address.view.bytes);
  if (address.kind == AddressKind::integrated) writer.blob(view_of(address.payment_id));
  writer.blob(checksum_of(writer.bytes()));
  return base58_encode(writer.bytes());
}

std::optional<Address> parse_address(std::string_view text, Network network) {
  if (text.size() == 2 * old_form_bytes) return parse_old_form(text, network);

  const std::optional<std::string> decoded = base58_decode(text);
  if (!decoded || decoded->size() <= checksum_bytes) return std::nullopt;
  const std::string_view bytes(decoded->data(), decoded->size() - checksum_bytes);
  if (checksum_of(bytes) != decoded->substr(bytes.size())) return std::nullopt;

  ByteReader reader(bytes);
  const std::optional<AddressKind> kind = kind_of(reader.varint(), network);
  if (!kind) return std::nullopt;
  Address address;
  address.network = network;
  address.kind = *kind;
  address.spend.bytes = reader.bytes32();
  address.view.bytes = reader.bytes32();
  if (*kind == AddressKind::integrated) {
    const std::string_view id = reader.blob(address.payment_id.size());
    std::copy(id.begin(), id.end(), address.payment_id.begin());
  }
  if (!reader.at_end()) return std::nullopt;
  if (!is_on_curve(address.spend) || !is_on_curve(address.view)) return std::nullopt;
  return address;
}

}  // namespace escrowstorm::mockrpc
