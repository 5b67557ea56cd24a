// The two files of a wallet as values and as bytes. What is in the keys file survives alone; the
// cache file belongs to one state of the keys. Each is sealed with a password of its own, since the
// real one encrypts them apart. The bytes are a form of our own, not monero's and not encrypted:
// magic, size, body, checksum. Reading takes anything; pure functions, any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "mockrpc/kex/account.hpp"
#include "mockrpc/network.hpp"
#include "mockrpc/wallet/money.hpp"
#include "mockrpc/wallet/subaddresses.hpp"

namespace escrowstorm::mockrpc {

// A password as a salted hash.
struct PasswordSeal {
  std::array<unsigned char, 16> salt{};
  Bytes32 hash{};

  static PasswordSeal of(std::string_view password, RandomStream& random);
  bool opens(std::string_view password) const;

  friend bool operator==(const PasswordSeal&, const PasswordSeal&) = default;
};

struct WalletKeys {
  PasswordSeal seal;
  Network network = Network::mainnet;
  std::string language;            // of the seed words
  Scalar spend_secret;             // of a multisig wallet its base secret
  Scalar view_secret;              // of a multisig wallet the group's
  std::uint64_t refresh_from = 0;  // the restore height: blocks below are passed over
  bool multisig_enabled = false;
  std::optional<MultisigState> multisig;

  friend bool operator==(const WalletKeys&, const WalletKeys&) = default;
};

struct AddressBookEntry {
  std::string address;
  std::string description;

  friend bool operator==(const AddressBookEntry&, const AddressBookEntry&) = default;
};

struct WalletCache {
  PasswordSeal seal;
  PublicKey spend_key;  // the wallet's address when it was stored
  PublicKey view_key;
  std::map<std::string, std::string, std::less<>> attributes;
  Subaddresses subaddresses;
  std::vector<AddressBookEntry> address_book;
  WalletMoney money;

  friend bool operator==(const WalletCache&, const WalletCache&) = default;
};

enum class FileFault : unsigned char {
  unreadable,  // not such a file, or not all of it
  damaged,     // as long as it should be, but its content changed
};

std::string write_keys_file(const WalletKeys& keys);
std::string write_cache_file(const WalletCache& cache);
std::variant<WalletKeys, FileFault> read_keys_file(std::string_view bytes);
std::variant<WalletCache, FileFault> read_cache_file(std::string_view bytes);

}  // namespace escrowstorm::mockrpc
