// Wallet files that are cut, changed, mixed up or of another network, and a disk that is full.
#include <gtest/gtest.h>

#include "rig.hpp"
#include "rpc_errors.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace walletrpc;
using rigs::open_failed;
using rigs::Rig;
using rigs::unknown;

const RpcError success{0, "no error"};

TEST(BadFiles, SayWhatIsWrongWithTheFiles) {
  Rig rig(2);
  rig.create(0, "w");
  rig.create(1, "other");
  rig.close(0);
  rig.close(1);
  const auto reason = [&](const std::string& keys, const std::optional<std::string>& cache) {
    rig.storage().write("x", WalletFile::keys, keys);
    dynamic_cast<MemoryStorage&>(rig.storage()).remove("x", WalletFile::cache);
    if (cache) rig.storage().write("x", WalletFile::cache, *cache);
    return rig.open_error(0, "x");
  };
  const std::string keys = *rig.storage().read("w", WalletFile::keys);
  const std::string cache = *rig.storage().read("w", WalletFile::cache);
  const std::string other = *rig.storage().read("other", WalletFile::cache);
  EXPECT_EQ(reason(keys, cache), success);
  rig.ok(0, CloseWallet{false});
  EXPECT_EQ(reason(keys, std::nullopt), success);
  rig.ok(0, CloseWallet{false});

  EXPECT_EQ(reason("", cache), open_failed("internal error: failed to deserialize keys buffer"));
  EXPECT_EQ(reason(keys.substr(0, 50), cache),
            open_failed("internal error: failed to deserialize keys buffer"));
  std::string changed = keys;
  changed[60] = static_cast<char>(changed[60] ^ 1);
  EXPECT_EQ(reason(changed, cache), open_failed("Invalid password."));
  EXPECT_EQ(reason(keys, ""), open_failed("input stream error"));
  EXPECT_EQ(reason(keys, "some garbage"), open_failed("basic_string::_M_replace_aux"));
  EXPECT_EQ(reason(keys, cache.substr(0, 60)), open_failed("basic_string::_M_replace_aux"));
  EXPECT_EQ(reason(keys, other),
            open_failed("file /wallets/x does not correspond to /wallets/x.keys"));
}

TEST(BadFiles, AreOfOneNetwork) {
  auto storage = std::make_unique<MemoryStorage>();
  MemoryStorage& shared = *storage;
  Rig testnet(std::move(storage), 1, "0.18.5.1", Network::testnet);
  testnet.create(0, "w");
  Rig mainnet(1);
  for (const WalletFile file : {WalletFile::keys, WalletFile::cache})
    mainnet.storage().write("w", file, *shared.read("w", file));
  EXPECT_EQ(mainnet.open_error(0, "w"),
            open_failed("Testnet wallet cannot be opened as mainnet wallet"));
}

// Writes fail once it is told so.
class FullStorage final : public Storage {
 public:
  std::string_view directory() const override { return storage_.directory(); }
  std::optional<std::string> read(std::string_view wallet, WalletFile file) const override {
    return storage_.read(wallet, file);
  }
  Outcome<void> write(std::string_view wallet, WalletFile file, std::string_view bytes) override {
    if (full == file) return not_written(wallet, file);
    return storage_.write(wallet, file, bytes);
  }
  void keep_unportable(std::string_view wallet) override { storage_.keep_unportable(wallet); }
  bool exists(std::string_view wallet, WalletFile file) const override {
    return storage_.exists(wallet, file);
  }
  void remove(std::string_view wallet, WalletFile file) override { storage_.remove(wallet, file); }
  void overwrite(std::string_view wallet, WalletFile file, std::string_view bytes) override {
    storage_.overwrite(wallet, file, bytes);
  }
  std::unique_ptr<WalletLock> lock(std::string_view wallet) override {
    return storage_.lock(wallet);
  }

  std::optional<WalletFile> full;  // for which file there is no room

 private:
  MemoryStorage storage_;
};

TEST(BadFiles, SayThatTheDiskIsFullAndStayAsTheyAre) {
  auto storage = std::make_unique<FullStorage>();
  FullStorage& disk = *storage;
  Rig rig(std::move(storage), 3);
  const auto prepared = rig.create_and_prepare("w");
  const std::string address = rig.address(0);
  const auto save_error = [](const std::string& file) {
    return unknown("failed to save file \"/wallets/" + file + "\"");
  };

  disk.full = WalletFile::cache;
  EXPECT_EQ(rig.error(0, Store{}), save_error("w0.new"));
  EXPECT_EQ(rig.error(0, CloseWallet{}), save_error("w0.new"));
  EXPECT_EQ(rig.open_error(0, "w1"), save_error("w0.new"));
  EXPECT_EQ(rig.error(0, CreateWallet{"new", "", "English"}), save_error("new.new"));
  EXPECT_EQ(rig.address(0), address);
  disk.full = WalletFile::keys;
  EXPECT_EQ(rig.error(0, CreateWallet{"newer", "", "English"}), save_error("newer.keys"));
  EXPECT_EQ(rig.address(0), address);

  // The key exchange goes on in memory; the file stays behind.
  EXPECT_EQ(rig.error(0, MakeMultisig{rigs::others(prepared, 0), 2, ""}), save_error("w0.keys"));
  EXPECT_TRUE(rig.is_multisig(0).multisig);
  rig.kill(0);
  disk.full.reset();
  rig.open(0, "w0");
  EXPECT_FALSE(rig.is_multisig(0).multisig);
  EXPECT_EQ(rig.address(0), address);
}

}  // namespace
}  // namespace escrowstorm::mockrpc
