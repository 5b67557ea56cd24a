// Wallets from words and keys, passwords, integrated addresses, the address book.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "money_rig.hpp"
#include "rpc_errors.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace walletrpc;
using rigs::MoneyRig;
using rigs::no_wallet;
using rigs::unknown;

RestoreDeterministicWallet restoring(std::string name, std::string seed) {
  RestoreDeterministicWallet request;
  request.filename = std::move(name);
  request.seed = std::move(seed);
  return request;
}

TEST(Restore, WordsBringBackTheWalletAndItsMoney) {
  MoneyRig rig(2);
  rig.create(0, "w");
  rig.mine_to(0, 3);
  rig.fetched(0);
  const std::string seed = rig.ok(0, QueryKey{"mnemonic"}).key;
  const auto restored = rig.ok(1, restoring("again", seed));
  EXPECT_EQ(restored.address, rig.address(0));
  EXPECT_EQ(restored.seed, seed);
  EXPECT_EQ(restored.info, "Wallet has been restored successfully.");
  EXPECT_FALSE(restored.was_deprecated);
  EXPECT_EQ(rig.fetched(1), 3u);
  EXPECT_EQ(rig.balance(1).balance, rig.balance(0).balance);
  EXPECT_EQ(rig.ok(1, QueryKey{"spend_key"}).key, rig.ok(0, QueryKey{"spend_key"}).key);
}

// The key is what 0.18.0.0 made of these words.
TEST(Restore, MakesTheKeysThatTheRealOneMakes) {
  MoneyRig rig;
  rig.ok(0, restoring("w",
                      "tawny bamboo cause germs absorb unplugs android hybrid wield fatal ouch "
                      "hatchet aimless sample duckling trash obnoxious hope waffle waking vexed "
                      "musical navy orange hope"));
  EXPECT_EQ(rig.ok(0, QueryKey{"view_key"}).key,
            "5a4992fef713c7ab10291c0137f2f13bb5d2dd52917e8f346bffc7bbe989c604");
}

TEST(Restore, PassesOverBlocksBelowItsHeight) {
  MoneyRig rig(2);
  rig.create(0, "w");
  rig.mine_to(0, 9);
  RestoreDeterministicWallet request = restoring("again", rig.ok(0, QueryKey{"mnemonic"}).key);
  request.restore_height = 7;
  rig.ok(1, request);
  EXPECT_EQ(rig.fetched(1), 3u);
  EXPECT_EQ(rig.outputs(1).size(), 3u);
}

TEST(Restore, SaysWhatIsWrong) {
  MoneyRig rig;
  rig.create(0, "w");
  const std::string seed = rig.ok(0, QueryKey{"mnemonic"}).key;
  EXPECT_EQ(rig.error(0, restoring("x", "")),
            unknown("field 'seed' is mandatory. Please provide a seed you want to restore from."));
  EXPECT_EQ(rig.error(0, restoring("x", "foo bar")),
            unknown("Electrum-style word list failed verification"));
  EXPECT_EQ(rig.error(0, restoring("w", seed)), unknown("Wallet already exists."));
  EXPECT_EQ(rig.error(0, restoring("a/b", seed)), unknown("Invalid filename"));
  EXPECT_EQ(rig.instance(0).open_wallet(), "w");
}

TEST(Restore, KeysMakeAWalletWithASeedWhenTheyComeFromOne) {
  MoneyRig rig(2);
  rig.create(0, "w");
  GenerateFromKeys request;
  request.filename = "keys";
  request.address = rig.address(0);
  request.viewkey = rig.ok(0, QueryKey{"view_key"}).key;
  request.spendkey = rig.ok(0, QueryKey{"spend_key"}).key;
  request.language = "English";
  EXPECT_EQ(rig.ok(1, request).address, rig.address(0));
  EXPECT_EQ(rig.ok(1, QueryKey{"mnemonic"}).key, rig.ok(0, QueryKey{"mnemonic"}).key);

  request.filename = "other";
  request.viewkey = std::string(62, '0') + "00";
  request.viewkey[0] = '1';
  rig.ok(1, request);
  EXPECT_EQ(rig.error(1, QueryKey{"mnemonic"}).code, error_code::non_deterministic);
  request.filename = "more";
  request.viewkey = "00";
  EXPECT_EQ(rig.error(1, request), unknown("Failed to parse view key secret key"));
}

TEST(ChangePassword, IsThatOfBothFilesFromThenOn) {
  MoneyRig rig;
  EXPECT_EQ(rig.error(0, ChangeWalletPassword{}), no_wallet);
  rig.create(0, "w", "old");
  EXPECT_EQ(rig.error(0, ChangeWalletPassword{"new", "wrong"}),
            (RpcError{error_code::invalid_password, "Invalid original password."}));
  rig.ok(0, SetAttribute{"key", "value"});
  rig.ok(0, ChangeWalletPassword{"new", "old"});
  rig.kill(0);
  EXPECT_EQ(rig.open_error(0, "w", "old").code, error_code::unknown_error);
  rig.open(0, "w", "new");
  EXPECT_EQ(rig.ok(0, GetAttribute{"key"}).value, "value");
}

TEST(IntegratedAddress, GoesTogetherAndApart) {
  MoneyRig rig;
  rig.create(0, "w");
  const auto made = rig.ok(0, MakeIntegratedAddress{"0123456789abcdef", ""});
  EXPECT_EQ(made.payment_id, "0123456789abcdef");
  const auto split = rig.ok(0, SplitIntegratedAddress{made.integrated_address});
  EXPECT_EQ(split.payment_id, made.payment_id);
  EXPECT_EQ(split.standard_address, rig.address(0));
  EXPECT_EQ(rig.ok(0, MakeIntegratedAddress{}).payment_id.size(), 16u);
  EXPECT_EQ(rig.error(0, MakeIntegratedAddress{"01", ""}).code, error_code::wrong_payment_id);
  EXPECT_EQ(rig.error(0, MakeIntegratedAddress{"", made.integrated_address}).message,
            "Already integrated address");
  EXPECT_EQ(rig.error(0, SplitIntegratedAddress{rig.address(0)}).message,
            "Address is not an integrated address");
}

TEST(AddressBook, KeepsItsEntriesInTheCacheFile) {
  MoneyRig rig;
  rig.create(0, "w");
  const std::string address = rig.address(0);
  EXPECT_EQ(rig.error(0, AddAddressBook{"foo", ""}).code, error_code::wrong_address);
  EXPECT_EQ(rig.ok(0, AddAddressBook{address, "me"}).index, 0u);
  EXPECT_EQ(rig.ok(0, AddAddressBook{address, "me too"}).index, 1u);
  EditAddressBook edit;
  edit.index = 1;
  edit.set_description = true;
  edit.description = "changed";
  rig.ok(0, edit);
  rig.ok(0, DeleteAddressBook{0});
  rig.close(0);
  rig.open(0, "w");
  const auto entries = rig.ok(0, GetAddressBook{}).entries;
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].address, address);
  EXPECT_EQ(entries[0].description, "changed");
  EXPECT_EQ(rig.error(0, GetAddressBook{{1}}).message, "Index out of range: 1");
}

}  // namespace
}  // namespace escrowstorm::mockrpc
