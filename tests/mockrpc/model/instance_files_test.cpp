// create, open, close and store: the one slot, what is saved when, passwords, names and locks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rig.hpp"
#include "rpc_errors.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace walletrpc;
using rigs::no_attribute;
using rigs::no_wallet;
using rigs::open_failed;
using rigs::Rig;
using rigs::unknown;

std::string attribute(Rig& rig, std::size_t i, const std::string& key) {
  return rig.ok(i, GetAttribute{key}).value;
}
RpcError attribute_error(Rig& rig, std::size_t i, const std::string& key) {
  return rig.error(i, GetAttribute{key});
}

MemoryStorage& memory(Rig& rig) { return dynamic_cast<MemoryStorage&>(rig.storage()); }

// A copy of the files under another name, as a shell would make it.
void copy(Rig& rig, const std::string& from, const std::string& to, bool with_cache = true) {
  rig.storage().write(to, WalletFile::keys, *rig.storage().read(from, WalletFile::keys));
  if (with_cache)
    rig.storage().write(to, WalletFile::cache, *rig.storage().read(from, WalletFile::cache));
}

TEST(InstanceFiles, NeedAnOpenWallet) {
  Rig rig(1);
  EXPECT_EQ(rig.error(0, CloseWallet{}), no_wallet);
  EXPECT_EQ(rig.error(0, Store{}), no_wallet);
  EXPECT_EQ(rig.error(0, SetAttribute{}), no_wallet);
  EXPECT_EQ(rig.error(0, GetAttribute{}), no_wallet);
  EXPECT_EQ(rig.error(0, GetAddress{}), no_wallet);
  EXPECT_EQ(rig.error(0, GetBalance{}), no_wallet);
  EXPECT_EQ(rig.error(0, GetHeight{}), no_wallet);
  EXPECT_EQ(rig.last_cost, "");
  EXPECT_EQ(rig.instance(0).open_wallet(), "");
}

TEST(InstanceFiles, KeepWhatCloseAndStoreSaveAndLoseTheRest) {
  Rig rig(1);
  rig.create(0, "w");
  EXPECT_EQ(rig.instance(0).open_wallet(), "w");
  const std::string address = rig.address(0);
  rig.ok(0, SetAttribute{"a", "1"});
  EXPECT_EQ(attribute(rig, 0, "a"), "1");
  rig.close(0);

  rig.open(0, "w");
  EXPECT_EQ(rig.address(0), address);
  EXPECT_EQ(attribute(rig, 0, "a"), "1");
  rig.ok(0, SetAttribute{"a", "2"});
  rig.ok(0, SetAttribute{"b", "3"});
  rig.ok(0, CloseWallet{false});
  rig.open(0, "w");
  EXPECT_EQ(attribute(rig, 0, "a"), "1");
  EXPECT_EQ(attribute_error(rig, 0, "b"), no_attribute);

  rig.ok(0, SetAttribute{"b", "4"});
  rig.ok(0, Store{});
  rig.ok(0, SetAttribute{"c", "5"});
  rig.kill(0);
  rig.open(0, "w");
  EXPECT_EQ(attribute(rig, 0, "b"), "4");
  EXPECT_EQ(attribute_error(rig, 0, "c"), no_attribute);
}

TEST(InstanceFiles, LoseTheLabelsWithTheCacheFile) {
  Rig rig(2);
  rig.create(0, "w");
  rig.ok(0, SetAttribute{"label", "mine"});
  rig.ok(0, Store{});
  copy(rig, "w", "keys_only", false);
  copy(rig, "w", "both");
  rig.open(1, "keys_only");
  EXPECT_EQ(rig.address(1), rig.address(0));
  EXPECT_EQ(attribute_error(rig, 1, "label"), no_attribute);
  rig.open(1, "both");
  EXPECT_EQ(attribute(rig, 1, "label"), "mine");
}

TEST(InstanceFiles, SwapTheSlotSilently) {
  Rig rig(1);
  rig.create(0, "first");
  const std::string address = rig.address(0);
  rig.ok(0, SetAttribute{"l", "first"});
  rig.create(0, "second");
  EXPECT_EQ(rig.instance(0).open_wallet(), "second");
  EXPECT_NE(rig.address(0), address);
  EXPECT_EQ(attribute_error(rig, 0, "l"), no_attribute);

  rig.ok(0, SetAttribute{"l", "second"});
  rig.open(0, "first");
  EXPECT_EQ(rig.address(0), address);
  EXPECT_EQ(attribute(rig, 0, "l"), "first");
  rig.ok(0, SetAttribute{"l", "lost"});
  rig.ok(0, OpenWallet{"second", "", false});
  EXPECT_EQ(attribute(rig, 0, "l"), "second");
  rig.open(0, "first");
  EXPECT_EQ(attribute(rig, 0, "l"), "first");
}

TEST(InstanceFiles, StayOnTheWalletBeforeWhenOpeningFails) {
  for (const std::string version : {"0.18.0.0", "0.18.5.1"}) {
    Rig rig(2, version);
    const auto because = [&](const std::string& reason) {
      return unknown("Failed to open wallet" + (version == "0.18.0.0" ? "" : " : " + reason));
    };
    rig.create(0, "mine");
    rig.create(1, "theirs", "p");
    const std::string address = rig.address(0);
    rig.ok(0, SetAttribute{"l", "saved although it fails"});

    EXPECT_EQ(rig.open_error(0, "missing"), because("file not found \"/wallets/missing.keys\""));
    EXPECT_EQ(rig.last_cost, "open_wallet");
    EXPECT_EQ(rig.open_error(0, "theirs", "p"),
              because("internal error: \"/wallets/theirs.keys\" is opened by another wallet "
                      "program"));
    EXPECT_EQ(rig.last_cost, "open_wallet");
    rig.close(1);
    EXPECT_EQ(rig.open_error(0, "theirs", "wrong"), because("Invalid password."));
    EXPECT_EQ(rig.open_error(0, "theirs"), because("Invalid password."));
    EXPECT_EQ(rig.open_error(0, "a/b"), unknown("Invalid filename"));
    EXPECT_EQ(rig.last_cost, "");
    EXPECT_EQ(rig.open_error(0, ""), because("file not found \"/wallets/.keys\""));

    EXPECT_EQ(rig.instance(0).open_wallet(), "mine");
    EXPECT_EQ(rig.address(0), address);
    rig.kill(0);
    rig.open(0, "mine");
    EXPECT_EQ(attribute(rig, 0, "l"), "saved although it fails");
    rig.open(1, "theirs", "p");
  }
}

TEST(InstanceFiles, RefuseToCreate) {
  Rig rig(1);
  rig.create(0, "w", "s3cret");
  EXPECT_EQ(rig.last_cost, "create_wallet");
  const RpcError exists{error_code::wallet_already_exists, "Cannot create wallet. Already exists."};
  for (const std::string name : {"w", "w.keys", ".", "..", ".keys"}) {
    EXPECT_EQ(rig.error(0, CreateWallet{name, "", "English"}), exists) << name;
    EXPECT_EQ(rig.last_cost, "create_wallet");
  }
  EXPECT_EQ(rig.error(0, CreateWallet{"a/b", "", "Klingon"}), unknown("Invalid filename"));
  for (const std::string language :
       {"Klingon", "", "english", "ENGLISH", "EnglishOld", "Chinese"}) {
    EXPECT_EQ(rig.error(0, CreateWallet{"x", "", language}),
              unknown("Unknown language: " + language));
    EXPECT_EQ(rig.last_cost, "");
  }
  const std::string long_name(260, 'n');
  EXPECT_EQ(rig.error(0, CreateWallet{long_name, "", "English"}),
            unknown("failed to save file \"/wallets/" + long_name + ".keys\""));
  EXPECT_EQ(rig.instance(0).open_wallet(), "w");

  // Either file is in the way.
  rig.close(0);
  memory(rig).remove("w", WalletFile::keys);
  EXPECT_EQ(rig.error(0, CreateWallet{"w", "", "English"}), exists);
  memory(rig).remove("w", WalletFile::cache);
  rig.create(0, "w");
}

TEST(InstanceFiles, TakeLanguagesByEitherName) {
  Rig rig(1);
  const GetLanguages::Answer languages = rig.ok(0, GetLanguages{});
  ASSERT_EQ(languages.languages.size(), 12u);
  ASSERT_EQ(languages.languages_local.size(), 12u);
  EXPECT_EQ(languages.languages[1], "English");
  EXPECT_EQ(languages.languages_local[8], "日本語");
  int n = 0;
  for (const auto& names : {languages.languages, languages.languages_local})
    for (const std::string& name : names)
      rig.ok(0, CreateWallet{"w" + std::to_string(++n), "", name});
}

TEST(InstanceFiles, MayBeNamedByTheKeysFile) {
  Rig rig(1);
  rig.create(0, "w.keys");
  EXPECT_EQ(rig.instance(0).open_wallet(), "w");
  rig.close(0);
  rig.open(0, "w");
  rig.close(0);
  rig.open(0, "w.keys");
}

TEST(InstanceFiles, AreNoneForAWalletWithoutAName) {
  Rig rig(1);
  rig.create(0, "");
  const std::string address = rig.address(0);
  rig.ok(0, SetAttribute{"k", "v"});
  EXPECT_EQ(attribute(rig, 0, "k"), "v");
  rig.ok(0, Store{});
  rig.close(0);
  EXPECT_EQ(rig.error(0, GetAddress{}), no_wallet);
  rig.create(0, "");
  EXPECT_NE(rig.address(0), address);
}

TEST(InstanceFiles, AreForOneInstanceAtATime) {
  Rig rig(2);
  rig.create(0, "w");
  EXPECT_NE(rig.open_error(1, "w").code, 0);
  rig.close(0);
  rig.open(1, "w");
  EXPECT_NE(rig.open_error(0, "w").code, 0);
  rig.kill(1);
  rig.open(0, "w");
}

// Seen on 0.18.0.0: its locks are the process's, and closing any descriptor of the file ends them.
TEST(InstanceFiles, LoseTheirLockToAnotherOpenOfTheSameInstance) {
  for (const std::string password : {"p", "wrong"}) {
    Rig rig(2);
    rig.create(0, "w", "p");
    const std::string address = rig.address(0);
    EXPECT_NE(rig.open_error(1, "w", "p").code, 0);
    EXPECT_EQ(rig.open_error(0, "w", password).code, password == "p" ? 0 : -1);
    EXPECT_EQ(rig.address(0), address);
    rig.open(1, "w", "p");
    EXPECT_EQ(rig.address(1), address);
    // Now it is the other's, and the first can't open what it has open.
    EXPECT_NE(rig.open_error(0, "w", "p").code, 0);
    EXPECT_EQ(rig.instance(0).open_wallet(), "w");
  }
}

// It is the file that is open, not the name.
TEST(InstanceFiles, KeepTheLockOfANewFileByTheSameName) {
  Rig rig(2);
  rig.create(0, "w");
  copy(rig, "w", "w");
  rig.open(0, "w");
  EXPECT_EQ(rig.open_error(1, "w"),
            open_failed("internal error: \"/wallets/w.keys\" is opened by another wallet program"));
}

TEST(InstanceFiles, AreSavedWhenTheInstanceIsAskedToEnd) {
  Rig rig(1);
  rig.create(0, "w");
  rig.ok(0, SetAttribute{"k", "v"});
  EXPECT_TRUE(rig.instance(0).end());
  EXPECT_EQ(rig.error(0, Store{}), no_wallet);
  rig.open(0, "w");
  EXPECT_EQ(attribute(rig, 0, "k"), "v");
}

TEST(InstanceFiles, KeepACacheFileThatMakesNoSense) {
  Rig rig(1);
  rig.create(0, "w");
  rig.close(0);
  rig.storage().write("w", WalletFile::cache, "no cache file");
  rig.open_error(0, "w");
  EXPECT_EQ(rig.storage().read("w.unportable", WalletFile::cache), "no cache file");
}

TEST(InstanceFiles, HaveAnAddressFileOnTheTestNetworks) {
  Rig mainnet(1);
  mainnet.create(0, "w");
  EXPECT_FALSE(mainnet.storage().exists("w", WalletFile::address));
  Rig rig(3, default_version_name, Network::stagenet);
  rig.set_up("w");
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(rig.storage().read("w" + std::to_string(i), WalletFile::address), rig.address(i));
}

TEST(InstanceFiles, OpenWithTheirOwnPasswordOnly) {
  Rig rig(1);
  rig.create(0, "w", "p");
  rig.close(0);
  for (const std::string password : {"", "P", "p "})
    EXPECT_EQ(rig.open_error(0, "w", password), open_failed("Invalid password."));
  rig.open(0, "w", "p");
}

TEST(InstanceFiles, AreNotMissedUntilTheyAreClosed) {
  Rig rig(2);
  rig.create(0, "w");
  memory(rig).remove("w", WalletFile::keys);
  memory(rig).remove("w", WalletFile::cache);
  rig.address(0);
  rig.close(0);
  EXPECT_EQ(rig.open_error(0, "w"), open_failed("file not found \"/wallets/w.keys\""));
}

}  // namespace
}  // namespace escrowstorm::mockrpc
