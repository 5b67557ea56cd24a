// Wallets from words or keys, and their passwords.
#include <algorithm>

#include "mockrpc/instance/methods.hpp"
#include "mockrpc/keys/address.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/wallet/languages.hpp"
#include "mockrpc/wallet/seed_words.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

Execution unknown(std::string text) { return failed(error_code::unknown_error, std::move(text)); }

// What both refuse before they look at the keys.
std::optional<Execution> refused_name(const Slot& slot, const std::string& filename) {
  if (filename.find('/') != filename.npos) return unknown("Invalid filename");
  if (!filename.empty() && slot.host.storage->exists(filename, WalletFile::cache))
    return unknown("Wallet already exists.");
  return std::nullopt;
}

// Puts the new wallet into the slot. Refused: why not.
template <class Request>
std::optional<Execution> put_in(Slot& slot, const Request& request, WalletKeys keys) {
  if (slot.wallet && request.autosave_current)
    if (auto stored = slot.wallet->store(); !stored) return unknown(stored.error().text);
  std::string name = request.filename;
  if (name.ends_with(keys_file_suffix)) name.resize(name.size() - keys_file_suffix.size());
  if (!name.empty() && slot.host.storage->exists(name, WalletFile::keys))
    return failed(error_code::wallet_already_exists, "Cannot create wallet. Already exists.");
  keys.network = slot.host.network;
  keys.refresh_from = request.restore_height;
  auto restored =
      Wallet::restore(slot.host, std::move(name), request.password, std::move(keys), slot.random);
  if (!restored) return unknown(restored.error().text);
  slot.wallet = std::move(*restored);
  return std::nullopt;
}

std::optional<Scalar> parse_secret(std::string_view hex) {
  const std::optional<Bytes32> bytes = parse_hash(hex);
  return bytes ? std::optional(Scalar{*bytes}) : std::nullopt;
}

}  // namespace

Execution run(Slot& slot, const RestoreDeterministicWallet& request) {
  if (request.seed.empty())
    return unknown("field 'seed' is mandatory. Please provide a seed you want to restore from.");
  if (auto refused = refused_name(slot, request.filename)) return std::move(*refused);
  const std::optional<SeedWords> seed = read_seed_words(request.seed);
  if (!seed) return unknown("Electrum-style word list failed verification");
  if (!request.seed_offset.empty())
    return unknown("seed_offset: monero-wallet-rpc has it, the mock has not, see docs/mock.md");

  WalletKeys keys;
  keys.language = "English";
  keys.spend_secret = reduce(seed->bytes);
  keys.view_secret = view_secret_of(keys.spend_secret);
  if (auto refused = put_in(slot, request, std::move(keys))) return std::move(*refused);
  RestoreDeterministicWallet::Answer answer;
  answer.address = slot.wallet->address();
  answer.info = "Wallet has been restored successfully.";
  answer.seed = seed_words(seed->bytes);
  answer.was_deprecated = seed->old_style;
  return answered<RestoreDeterministicWallet>(std::move(answer), CreateWallet::method);
}

Execution run(Slot& slot, const GenerateFromKeys& request) {
  if (request.viewkey.empty())
    return unknown(
        "field 'viewkey' is mandatory. Please provide a view key you want to restore from.");
  if (request.address.empty())
    return unknown("field 'address' is mandatory. Please provide a public address.");
  if (auto refused = refused_name(slot, request.filename)) return std::move(*refused);
  if (!parse_address(request.address, slot.host.network))
    return unknown("Failed to parse public address");
  const std::optional<Scalar> view = parse_secret(request.viewkey);
  if (!view) return unknown("Failed to parse view key secret key");
  if (request.spendkey.empty())
    return unknown(
        "watch-only wallets: monero-wallet-rpc has them, the mock has not, see "
        "docs/mock.md");
  const std::optional<Scalar> spend = parse_secret(request.spendkey);
  if (!spend) return unknown("Failed to parse spend key secret key");
  if (!is_reduced(*spend) || !is_reduced(*view)) return unknown("failed to verify secret key");
  if (!request.language.empty() && !is_language(request.language))
    return unknown("The specified seed language is invalid.");

  WalletKeys keys;
  keys.language = request.language;
  keys.spend_secret = *spend;
  keys.view_secret = *view;
  if (auto refused = put_in(slot, request, std::move(keys))) return std::move(*refused);
  GenerateFromKeys::Answer answer;
  answer.address = slot.wallet->address();
  answer.info = "Wallet has been generated successfully.";
  return answered<GenerateFromKeys>(std::move(answer), CreateWallet::method);
}

Execution run(Slot& slot, const ChangeWalletPassword& request) {
  if (!slot.wallet) return no_wallet_open();
  if (!slot.wallet->opens_with(request.old_password))
    return failed(error_code::invalid_password, "Invalid original password.");
  if (auto changed = slot.wallet->change_password(request.new_password, slot.random); !changed)
    return unknown(changed.error().text);
  return answered<ChangeWalletPassword>({}, Store::method);
}

}  // namespace escrowstorm::mockrpc
