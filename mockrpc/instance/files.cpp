// Methods that fill and empty the slot. A busy slot is saved and replaced without a word; what
// fails leaves the wallet before in it.
#include "mockrpc/instance/methods.hpp"
#include "mockrpc/wallet/languages.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

// A wallet may be named by its keys file.
std::string wallet_name(std::string_view filename) {
  if (filename.ends_with(keys_file_suffix)) filename.remove_suffix(keys_file_suffix.size());
  return std::string(filename);
}

bool is_path(std::string_view filename) { return filename.find('/') != filename.npos; }

Execution invalid_filename() { return failed(error_code::unknown_error, "Invalid filename"); }

bool exists(const Slot& slot, const std::string& name) {
  return slot.host.storage->exists(name, WalletFile::cache) ||
         slot.host.storage->exists(name, WalletFile::keys);
}

Outcome<std::unique_ptr<Wallet>> open(Slot& slot, const OpenWallet& request) {
  std::string name = wallet_name(request.filename);
  // The real one's locks are fcntl's: they belong to the process, and closing any descriptor of the
  // file ends them. So opening the file that is open here, by whatever name, meets no lock and
  // leaves none behind, whether it succeeds or not; another process can open the wallet then. Seen
  // on 0.18.0.0.
  const bool is_open_here = slot.wallet && slot.wallet->has_open(name);
  if (is_open_here) slot.wallet->drop_lock();
  auto opened = Wallet::open(slot.host, std::move(name), request.password, slot.random);
  if (opened && is_open_here) (*opened)->drop_lock();
  return opened;
}

}  // namespace

Execution run(Slot& slot, const CreateWallet& request) {
  constexpr std::string_view cost = CreateWallet::method;
  if (is_path(request.filename)) return invalid_filename();
  if (!is_language(request.language))
    return failed(error_code::unknown_error, "Unknown language: " + request.language);
  std::string name = wallet_name(request.filename);
  if (!request.filename.empty() && exists(slot, name))
    return failed(error_code::wallet_already_exists, "Cannot create wallet. Already exists.", cost);

  auto created =
      Wallet::create(slot.host, std::move(name), request.password, request.language, slot.random);
  if (!created) return failed(error_code::unknown_error, created.error().text, cost);
  if (slot.wallet)
    if (auto stored = slot.wallet->store(); !stored)
      return failed(error_code::unknown_error, stored.error().text, cost);
  slot.wallet = std::move(*created);
  return answered<CreateWallet>({});
}

Execution run(Slot& slot, const OpenWallet& request) {
  constexpr std::string_view cost = OpenWallet::method;
  if (is_path(request.filename)) return invalid_filename();
  if (slot.wallet && request.autosave_current)
    if (auto stored = slot.wallet->store(); !stored)
      return failed(error_code::unknown_error, stored.error().text);

  auto opened = open(slot, request);
  if (!opened) {
    std::string message = "Failed to open wallet";
    if (slot.host.version->says_why_open_failed) message += " : " + opened.error().text;
    return failed(error_code::unknown_error, std::move(message), cost);
  }
  slot.wallet = std::move(*opened);
  return answered<OpenWallet>({});
}

Execution run(Slot& slot, const CloseWallet& request) {
  if (!slot.wallet) return no_wallet_open();
  if (request.autosave_current)
    if (auto stored = slot.wallet->store(); !stored)
      return failed(error_code::unknown_error, stored.error().text);
  slot.wallet.reset();
  return answered<CloseWallet>({});
}

Execution run(Slot& slot, const Store&) {
  if (!slot.wallet) return no_wallet_open();
  if (auto stored = slot.wallet->store(); !stored)
    return failed(error_code::unknown_error, stored.error().text);
  return answered<Store>({});
}

}  // namespace escrowstorm::mockrpc
