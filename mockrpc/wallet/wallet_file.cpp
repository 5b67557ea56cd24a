#include "mockrpc/wallet/wallet_file.hpp"

#include <algorithm>

#include "base/quick_hash.hpp"
#include "mockrpc/keys/byte_io.hpp"
#include "mockrpc/keys/signature.hpp"
#include "mockrpc/wallet/money_file.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::string_view keys_magic = "ESKEYS\x04\n";  // the last byte but one is the version
constexpr std::string_view cache_magic = "ESCACHE\x05\n";
constexpr std::size_t checksum_bytes = 8;
constexpr std::size_t varint_bytes_max = 10;
// What the files of a wallet take that was never paid, and some.
constexpr std::size_t usual_body_bytes = 512;

std::string_view view_of_salt(const PasswordSeal& seal) {
  return {reinterpret_cast<const char*>(seal.salt.data()), seal.salt.size()};
}

// Quick: it keeps nothing secret, and each key exchange of a wallet seals its keys file anew.
Bytes32 hash_of(const PasswordSeal& seal, std::string_view password) {
  std::string bytes;
  bytes.reserve(seal.salt.size() + password.size());
  return quick_scalar(bytes.append(view_of_salt(seal)).append(password)).bytes;
}

std::array<unsigned char, checksum_bytes> checksum_of(std::string_view bytes) {
  const std::uint64_t hash = quick_hash(bytes);
  std::array<unsigned char, checksum_bytes> checksum;
  for (std::size_t i = 0; i < checksum.size(); ++i)
    checksum[i] = static_cast<unsigned char>(hash >> 8 * i);
  return checksum;
}

std::string wrap(std::string_view magic, const ByteWriter& body) {
  ByteWriter file(magic.size() + varint_bytes_max + body.bytes().size() + checksum_bytes);
  file.blob(magic);
  file.text(body.bytes());
  file.blob(view_of(checksum_of(file.bytes())));
  return std::move(file).take();
}

std::variant<std::string_view, FileFault> unwrap(std::string_view magic, std::string_view file) {
  ByteReader reader(file);
  if (reader.blob(magic.size()) != magic) return FileFault::unreadable;
  const std::string_view body = reader.text();
  const std::string_view checksum = reader.blob(checksum_bytes);
  if (!reader.at_end()) return FileFault::unreadable;
  if (view_of(checksum_of(file.substr(0, file.size() - checksum_bytes))) != checksum)
    return FileFault::damaged;
  return body;
}

void write_seal(ByteWriter& writer, const PasswordSeal& seal) {
  writer.blob(view_of_salt(seal));
  writer.blob(seal.hash);
}

PasswordSeal read_seal(ByteReader& reader) {
  PasswordSeal seal;
  const std::string_view salt = reader.blob(seal.salt.size());
  std::copy(salt.begin(), salt.end(), seal.salt.begin());
  seal.hash = reader.bytes32();
  return seal;
}

// Base and common secret are the wallet's own and not written again.
void write_multisig(ByteWriter& writer, const MultisigState& state) {
  writer.varint(state.threshold);
  writer.varint(state.rounds_done);
  writer.varint(state.signers.size());
  for (const PublicKey& signer : state.signers) writer.blob(signer.bytes);
  writer.varint(state.key_shares.size());
  for (const Scalar& share : state.key_shares) writer.blob(share.bytes);
  writer.blob(state.group_key.bytes);
  writer.varint(state.round_keys.size());
  for (const PublicKey& key : state.round_keys) writer.blob(key.bytes);
}

std::optional<MultisigState> read_multisig(ByteReader& reader, const WalletKeys& keys) {
  MultisigState state;
  state.base_secret = keys.spend_secret;
  state.common_secret = keys.view_secret;
  state.threshold = reader.varint32();
  state.rounds_done = reader.varint32();
  for (std::size_t left = reader.count(); left > 0 && reader.ok(); --left)
    state.signers.push_back(PublicKey{reader.bytes32()});
  for (std::size_t left = reader.count(); left > 0 && reader.ok(); --left)
    state.key_shares.push_back(Scalar{reader.bytes32()});
  state.group_key.bytes = reader.bytes32();
  for (std::size_t left = reader.count(); left > 0 && reader.ok(); --left)
    state.round_keys.insert(PublicKey{reader.bytes32()});

  const std::size_t signers = state.signers.size();
  const bool possible = signers >= 2 && signers <= multisig_signers_max && state.threshold >= 1 &&
                        state.threshold <= signers &&
                        state.rounds_done <= kex_rounds_required(state) + 1 &&
                        std::all_of(state.key_shares.begin(), state.key_shares.end(), is_reduced);
  if (!reader.ok() || !possible) return std::nullopt;
  return state;
}

}  // namespace

PasswordSeal PasswordSeal::of(std::string_view password, RandomStream& random) {
  PasswordSeal seal;
  random.fill(seal.salt);
  seal.hash = hash_of(seal, password);
  return seal;
}

bool PasswordSeal::opens(std::string_view password) const {
  return hash_of(*this, password) == hash;
}

std::string write_keys_file(const WalletKeys& keys) {
  ByteWriter body(usual_body_bytes);
  write_seal(body, keys.seal);
  body.varint(static_cast<std::uint64_t>(keys.network));
  body.text(keys.language);
  body.blob(keys.spend_secret.bytes);
  body.blob(keys.view_secret.bytes);
  body.varint(keys.refresh_from);
  body.varint(keys.multisig_enabled ? 1 : 0);
  body.varint(keys.multisig ? 1 : 0);
  if (keys.multisig) write_multisig(body, *keys.multisig);
  return wrap(keys_magic, body);
}

std::string write_cache_file(const WalletCache& cache) {
  ByteWriter body(usual_body_bytes);
  write_seal(body, cache.seal);
  body.blob(cache.spend_key.bytes);
  body.blob(cache.view_key.bytes);
  body.varint(cache.attributes.size());
  for (const auto& [key, value] : cache.attributes) {
    body.text(key);
    body.text(value);
  }
  cache.subaddresses.write(body);
  body.varint(cache.address_book.size());
  for (const AddressBookEntry& entry : cache.address_book) {
    body.text(entry.address);
    body.text(entry.description);
  }
  write_money(body, cache.money);
  return wrap(cache_magic, body);
}

std::variant<WalletKeys, FileFault> read_keys_file(std::string_view bytes) {
  const auto body = unwrap(keys_magic, bytes);
  if (const auto* fault = std::get_if<FileFault>(&body)) return *fault;

  ByteReader reader(std::get<std::string_view>(body));
  WalletKeys keys;
  keys.seal = read_seal(reader);
  const std::uint64_t network = reader.varint();
  keys.language = reader.text();
  keys.spend_secret.bytes = reader.bytes32();
  keys.view_secret.bytes = reader.bytes32();
  keys.refresh_from = reader.varint();
  keys.multisig_enabled = reader.varint() != 0;
  if (reader.varint() != 0) {
    keys.multisig = read_multisig(reader, keys);
    if (!keys.multisig) return FileFault::unreadable;
  }
  if (!reader.at_end() || network >= all_networks.size() || !is_reduced(keys.spend_secret) ||
      !is_reduced(keys.view_secret))
    return FileFault::unreadable;
  keys.network = all_networks[network];
  return keys;
}

std::variant<WalletCache, FileFault> read_cache_file(std::string_view bytes) {
  const auto body = unwrap(cache_magic, bytes);
  if (const auto* fault = std::get_if<FileFault>(&body)) return *fault;

  ByteReader reader(std::get<std::string_view>(body));
  WalletCache cache;
  cache.seal = read_seal(reader);
  cache.spend_key.bytes = reader.bytes32();
  cache.view_key.bytes = reader.bytes32();
  for (std::size_t left = reader.count(); left > 0 && reader.ok(); --left) {
    const std::string_view key = reader.text();
    cache.attributes.insert_or_assign(std::string(key), std::string(reader.text()));
  }
  auto subaddresses = Subaddresses::read(reader);
  for (std::size_t left = reader.count(); left > 0 && reader.ok(); --left) {
    AddressBookEntry& entry = cache.address_book.emplace_back();
    entry.address = reader.text();
    entry.description = reader.text();
  }
  auto money = read_money(reader);
  if (!subaddresses || !money || !reader.at_end()) return FileFault::unreadable;
  cache.subaddresses = std::move(*subaddresses);
  cache.money = std::move(*money);
  return cache;
}

}  // namespace escrowstorm::mockrpc
