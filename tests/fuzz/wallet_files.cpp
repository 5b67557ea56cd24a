// Keys files and cache files: what is read is written again the same, and a wallet that opens can
// be asked, saved and opened again.
#include <cstddef>
#include <cstdint>
#include <variant>

#include "mockrpc/wallet/wallet_file.hpp"
#include "tests/fuzz/check.hpp"
#include "tests/fuzz/fleet.hpp"
#include "tests/fuzz/wallet_bytes.hpp"
#include "tests/support/stranger.hpp"

namespace escrowstorm::fuzz {
namespace {

using namespace walletrpc;
using mockrpc::WalletFile;

template <class Method>
bool succeeds(Fleet& fleet, Method request) {
  return std::holds_alternative<Answer>(fleet.execute(0, request));
}

// On an instance of its own fleet, with the wallet's files in place under the name "w".
void use(Fleet& fleet) {
  OpenWallet open;
  open.filename = "w";
  if (!succeeds(fleet, open)) return;
  check(succeeds(fleet, GetAddress()), "an open wallet has an address");
  check(succeeds(fleet, GetBalance()), "an open wallet has a balance");
  check(succeeds(fleet, IsMultisig()), "an open wallet is multisig or not");
  fleet.execute(0, PrepareMultisig());
  fleet.execute(0, ExportMultisigInfo());
  fleet.execute(0, ImportMultisigInfo());
  fleet.execute(0, Refresh());
  GetTransfers transfers;
  transfers.in = transfers.out = transfers.pending = transfers.failed = transfers.pool = true;
  check(succeeds(fleet, transfers), "an open wallet has a history");
  IncomingTransfers outputs;
  outputs.transfer_type = "all";
  check(succeeds(fleet, outputs), "an open wallet has outputs");
  SweepAll sweep;
  sweep.address = test::stranger;
  fleet.execute(0, sweep);
  check(succeeds(fleet, GetBalance()), "a wallet that was looked at has a balance");
  check(succeeds(fleet, CloseWallet()), "an open wallet can be closed");
  check(succeeds(fleet, open), "what was closed can be opened");
}

std::string a_wallet(Fleet& fleet, WalletFile file) {
  CreateWallet create;
  create.filename = "w";
  create.language = "English";
  check(succeeds(fleet, create), "a wallet can be created");
  check(succeeds(fleet, CloseWallet()), "a created wallet can be closed");
  return *fleet.storage().read("w", file);
}

void take_keys(const std::string& file) {
  const auto read = mockrpc::read_keys_file(file);
  if (const auto* keys = std::get_if<mockrpc::WalletKeys>(&read))
    check(mockrpc::read_keys_file(mockrpc::write_keys_file(*keys)) == read, "keys are kept");
  Fleet fleet;
  (void)fleet.storage().write("w", WalletFile::keys, file);
  use(fleet);
}

void take_cache(Fleet& fleet, const std::string& file) {
  const auto read = mockrpc::read_cache_file(file);
  if (const auto* cache = std::get_if<mockrpc::WalletCache>(&read))
    check(mockrpc::read_cache_file(mockrpc::write_cache_file(*cache)) == read, "the cache is kept");
  (void)fleet.storage().write("w", WalletFile::cache, file);
  use(fleet);
}

void take(std::string_view input) {
  if (input.empty()) return;
  const auto kind = static_cast<WalletInput>(input.front());
  const std::string rest(input.substr(1));
  Fleet fleet;
  if (kind == WalletInput::raw_keys) take_keys(rest);
  if (kind == WalletInput::keys) take_keys(framed(magic_of(mockrpc::write_keys_file({})), rest));
  if (kind != WalletInput::raw_cache && kind != WalletInput::cache) return;
  const std::string cache = a_wallet(fleet, WalletFile::cache);
  take_cache(fleet, kind == WalletInput::cache ? framed(magic_of(cache), rest) : rest);
}

}  // namespace
}  // namespace escrowstorm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  escrowstorm::fuzz::take({reinterpret_cast<const char*>(data), size});
  return 0;
}
