#include "mockrpc/wallet/wallet.hpp"

#include <algorithm>
#include <cassert>
#include <utility>
#include <variant>

#include "mockrpc/wallet/daemon_link.hpp"
#include "mockrpc/wallet/languages.hpp"
#include "mockrpc/wallet/seed_words.hpp"

namespace escrowstorm::mockrpc {
namespace {

Refused about_file(std::string_view what, std::string_view path) {
  return {std::string(what) + " \"" + std::string(path) + "\""};
}

// What the real one says, at random, of a cache that it can't decrypt: it ends up in the reader of
// a form of long ago, which takes noise for the length of a string.
Refused not_a_cache(std::string_view bytes) {
  constexpr std::size_t length_bytes = 8;
  return {bytes.size() < length_bytes ? "input stream error" : "basic_string::_M_replace_aux"};
}

// Without a daemon the real one guesses the height of mainnet from the date. A wallet that was made
// so passes over every block of a regtest chain.
constexpr std::uint64_t height_without_daemon = 3'000'000;

std::string capitalized(std::string_view word) {
  std::string text(word);
  text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

}  // namespace

Chain* chain_of(const WalletHost& host) {
  return !host.link || host.link->is_up ? host.chain : nullptr;
}

Wallet::Wallet(const WalletHost& host, std::string name) : host_(host), name_(std::move(name)) {}

Outcome<std::unique_ptr<Wallet>> Wallet::create(const WalletHost& host, std::string name,
                                                std::string_view password, std::string language,
                                                RandomStream& random) {
  assert(is_language(language));
  WalletKeys keys;
  keys.network = host.network;
  keys.language = std::move(language);
  keys.spend_secret = random_scalar(random);
  keys.view_secret = view_secret_of(keys.spend_secret);
  const Chain* chain = chain_of(host);
  keys.refresh_from = chain ? chain->height() : height_without_daemon;
  return restore(host, std::move(name), password, std::move(keys), random);
}

Outcome<std::unique_ptr<Wallet>> Wallet::restore(const WalletHost& host, std::string name,
                                                 std::string_view password, WalletKeys keys,
                                                 RandomStream& random) {
  std::unique_ptr<Wallet> wallet(new Wallet(host, std::move(name)));
  wallet->keys_ = std::move(keys);
  wallet->cache_.seal = PasswordSeal::of(password, random);
  if (auto saved = wallet->save_keys(password, random); !saved) return saved.error();
  if (host.network != Network::mainnet) wallet->save_address();
  if (auto stored = wallet->store(); !stored) return stored.error();
  return wallet;
}

Outcome<std::unique_ptr<Wallet>> Wallet::open(const WalletHost& host, std::string name,
                                              std::string_view password, RandomStream& random) {
  std::unique_ptr<Wallet> wallet(new Wallet(host, std::move(name)));
  const std::string keys_path = wallet->file_path(WalletFile::keys);
  if (!host.storage->exists(wallet->name_, WalletFile::keys))
    return about_file("file not found", keys_path);
  wallet->lock_ = host.storage->lock(wallet->name_);
  if (!wallet->lock_)
    return Refused{about_file("internal error:", keys_path).text +
                   " is opened by another wallet program"};
  if (auto loaded = wallet->load_keys(password); !loaded) return loaded.error();
  if (auto loaded = wallet->load_cache(password, random); !loaded) return loaded.error();
  return wallet;
}

Outcome<void> Wallet::load_keys(std::string_view password) {
  const std::optional<std::string> bytes = host_.storage->read(name_, WalletFile::keys);
  if (!bytes) return about_file("failed to read file", file_path(WalletFile::keys));
  auto read = read_keys_file(*bytes);
  if (read == decltype(read)(FileFault::unreadable))
    return Refused{"internal error: failed to deserialize keys buffer"};
  WalletKeys* keys = std::get_if<WalletKeys>(&read);
  if (keys == nullptr || !keys->seal.opens(password)) return Refused{"Invalid password."};
  if (keys->network != host_.network)
    return Refused{capitalized(name_of(keys->network)) + " wallet cannot be opened as " +
                   std::string(name_of(host_.network)) + " wallet"};
  keys_ = std::move(*keys);
  return {};
}

Outcome<void> Wallet::load_cache(std::string_view password, RandomStream& random) {
  if (!host_.storage->exists(name_, WalletFile::cache)) {
    cache_.seal = PasswordSeal::of(password, random);
    return {};
  }
  const std::string path = file_path(WalletFile::cache);
  const std::optional<std::string> bytes = host_.storage->read(name_, WalletFile::cache);
  if (!bytes) return about_file("failed to read file", path);
  auto read = read_cache_file(*bytes);
  WalletCache* cache = std::get_if<WalletCache>(&read);
  if (cache == nullptr || !cache->seal.opens(password)) {
    host_.storage->keep_unportable(name_);
    return not_a_cache(*bytes);
  }
  if (cache->spend_key != spend_key() || cache->view_key != view_key())
    return Refused{"file " + path + " does not correspond to " + file_path(WalletFile::keys)};
  cache_ = std::move(*cache);
  // The real one's tables come out of their file the other way around.
  std::reverse(cache_.money.payments.begin(), cache_.money.payments.end());
  std::reverse(cache_.money.pool_payments.begin(), cache_.money.pool_payments.end());
  // From the block below the first output on; of the first two blocks it keeps all.
  const auto& outputs = cache_.money.outputs;
  const auto first =
      std::min_element(outputs.begin(), outputs.end(),
                       [](const auto& a, const auto& b) { return a.height < b.height; });
  if (first != outputs.end()) hashes_from_ = first->height - 1;
  return {};
}

Outcome<void> Wallet::save_keys(std::string_view password, RandomStream& random) {
  keys_.seal = PasswordSeal::of(password, random);
  if (name_.empty()) return {};
  if (auto written = host_.storage->write(name_, WalletFile::keys, write_keys_file(keys_));
      !written)
    return written.error();
  lock_.reset();
  lock_ = host_.storage->lock(name_);
  return {};
}

Outcome<void> Wallet::store() {
  if (name_.empty()) return {};
  cache_.spend_key = spend_key();
  cache_.view_key = view_key();
  return host_.storage->write(name_, WalletFile::cache, write_cache_file(cache_));
}

void Wallet::save_address() {
  if (!name_.empty()) (void)host_.storage->write(name_, WalletFile::address, address());
}

Outcome<void> Wallet::change_password(std::string_view password, RandomStream& random) {
  cache_.seal = PasswordSeal::of(password, random);
  if (auto saved = save_keys(password, random); !saved) return saved.error();
  return store();
}

std::string Wallet::file_path(WalletFile file) const {
  std::string path = std::string(host_.storage->directory()) + "/" + name_;
  if (file == WalletFile::keys) path += keys_file_suffix;
  return path;
}

const std::string* Wallet::attribute(std::string_view key) const {
  const auto found = cache_.attributes.find(key);
  return found == cache_.attributes.end() ? nullptr : &found->second;
}

void Wallet::set_attribute(std::string key, std::string value) {
  cache_.attributes.insert_or_assign(std::move(key), std::move(value));
}

PublicKey Wallet::spend_key() const {
  return keys_.multisig ? keys_.multisig->group_key : host_.keys->public_key(keys_.spend_secret);
}

PublicKey Wallet::view_key() const { return host_.keys->public_key(keys_.view_secret); }

OwnAddresses& Wallet::addresses() const {
  if (!addresses_) addresses_.emplace(*host_.keys, host_.network, spend_key(), keys_.view_secret);
  return *addresses_;
}

Scalar view_secret_of(const Scalar& spend_secret) {
  return hash_to_scalar(view_of(spend_secret.bytes));
}

bool Wallet::has_seed() const { return keys_.view_secret == view_secret_of(keys_.spend_secret); }

std::string Wallet::mnemonic() const { return seed_words(keys_.spend_secret.bytes); }

}  // namespace escrowstorm::mockrpc
