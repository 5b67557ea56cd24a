// What a multisig set-up loses and what brings it back: kills, copies, swaps, passwords, locks.
#include <gtest/gtest.h>

#include "rig.hpp"
#include "rpc_errors.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace walletrpc;
using rigs::Messages;
using rigs::not_multisig;
using rigs::open_failed;
using rigs::others;
using rigs::Rig;

TEST(MultisigLoss, KeepsLabels) {
  Rig rig;
  const Messages prepared = rig.create_and_prepare("w");
  rig.ok(0, SetAttribute{"l", "v"});
  rig.exchange_all(rig.exchange_all(rig.make_all(prepared)));
  EXPECT_EQ(rig.ok(0, GetAttribute{"l"}).value, "v");
  rig.kill(0);  // the last exchange saved it
  rig.open(0, "w0");
  EXPECT_EQ(rig.ok(0, GetAttribute{"l"}).value, "v");
}

TEST(MultisigLoss, SavesMakeItself) {
  Rig rig;
  const Messages made = rig.make_all(rig.create_and_prepare("w"));
  rig.kill(0);
  rig.open(0, "w0");
  EXPECT_FALSE(rig.is_multisig(0).ready);
  rig.exchange_all(rig.exchange_all(made));
  EXPECT_TRUE(rig.is_multisig(0).ready);
}

// Seen on 0.18.0.0: the first exchange writes only the keys file, and its new address does not fit
// the cache file beside it.
TEST(MultisigLoss, CanNotBeOpenedAfterAKillBetweenTheExchanges) {
  Rig rig;
  const Messages exchanged = rig.exchange_all(rig.make_all(rig.create_and_prepare("w")));
  rig.kill(0);
  EXPECT_EQ(rig.open_error(0, "w0"), open_failed("file /wallets/w0 does not correspond to "
                                                 "/wallets/w0.keys"));
  dynamic_cast<MemoryStorage&>(rig.storage()).remove("w0", WalletFile::cache);
  rig.open(0, "w0");
  rig.exchange_all(exchanged);
  EXPECT_TRUE(rig.is_multisig(0).ready);

  Rig stored;
  stored.exchange_all(stored.make_all(stored.create_and_prepare("w")));
  stored.ok(0, Store{});
  stored.kill(0);
  stored.open(0, "w0");
}

// wallet2::clear() takes it for a wallet whose key exchange has not begun.
TEST(MultisigLoss, HardRescanUndoesTheKeyExchangeUntilReopened) {
  for (const std::string_view version : {"0.18.0.0", "0.18.5.1"}) {
    Rig rig(3, version);
    const Messages exchanged = rig.exchange_all(rig.make_all(rig.create_and_prepare("w")));
    const RpcError not_begun = rigs::unknown(
        "Error calling exchange_multisig_info: multisig account: can't reconstruct "
        "account if its kex wasn't initialized");
    rig.ok(0, RescanBlockchain{false});
    rig.ok(1, RescanBlockchain{true});
    EXPECT_EQ(rig.exchange_error(1, others(exchanged, 1)), not_begun);
    rig.ok(1, Store{});
    rig.close(1);
    rig.open(1, "w1");
    rig.exchange_all(exchanged);

    const std::string address = rig.address(2);
    rig.ok(2, RescanBlockchain{true});
    EXPECT_FALSE(rig.is_multisig(2).ready);
    EXPECT_EQ(rig.address(2), address);
    EXPECT_EQ(rig.error(2, ExportMultisigInfo{}).message,
              "This wallet is multisig, but not yet finalized");
    EXPECT_EQ(rig.exchange_error(2, others(exchanged, 2)), not_begun);
    rig.close(2);
    rig.open(2, "w2");
    EXPECT_TRUE(rig.is_multisig(2).ready);

    // What writes the keys file makes it last.
    rig.ok(2, RescanBlockchain{true});
    rig.ok(2, ChangeWalletPassword{"p", ""});
    rig.close(2);
    rig.open(2, "w2", "p");
    EXPECT_FALSE(rig.is_multisig(2).ready);
  }
}

TEST(MultisigLoss, GoesBackByCopiesOfTheFiles) {
  Rig rig;
  const Messages prepared = rig.create_and_prepare("w");
  for (const WalletFile file : {WalletFile::keys, WalletFile::cache})
    rig.storage().write("copy", file, *rig.storage().read("w0", file));
  const Messages made = rig.make_all(prepared);  // the answer of 0 is lost
  rig.open(0, "copy");
  rig.prepare(0);
  const Messages again{rig.make(0, others(prepared, 0)).multisig_info, made[1], made[2]};
  EXPECT_NE(again[0], made[0]);
  rig.exchange_all(rig.exchange_all(again));
  EXPECT_EQ(rig.address(0), rig.address(1));
}

// The password of make is not checked: it is what the keys file is sealed with from then on, while
// the cache file keeps the first. Seen on 0.18.0.0.
TEST(MultisigLoss, LocksItselfOutWithAnotherPassword) {
  Rig rig;
  Messages prepared;
  for (std::size_t i = 0; i < 3; ++i) {
    rig.create(i, "w" + std::to_string(i), "p");
    prepared.push_back(rig.prepare(i));
  }
  rig.make_all(prepared);  // with ""
  rig.close(0);
  EXPECT_EQ(rig.open_error(0, "w0", "p"), open_failed("Invalid password."));
  EXPECT_EQ(rig.open_error(0, "w0"), open_failed("basic_string::_M_replace_aux"));
  dynamic_cast<MemoryStorage&>(rig.storage()).remove("w0", WalletFile::cache);
  rig.open(0, "w0");
  rig.close(0);
  rig.open(0, "w0");
}

TEST(MultisigLoss, HardRescanForgetsTheKeyExchangeUntilReopened) {
  Rig rig;
  rig.set_up("w");
  rig.ok(0, walletrpc::RescanBlockchain{false});
  EXPECT_TRUE(rig.is_multisig(0).ready);
  rig.ok(0, walletrpc::RescanBlockchain{true});
  EXPECT_TRUE(rig.is_multisig(0).multisig);
  EXPECT_FALSE(rig.is_multisig(0).ready);
  const walletrpc::RpcError unfinished{-31, "This wallet is multisig, but not yet finalized"};
  EXPECT_EQ(rig.error(0, walletrpc::ExportMultisigInfo{}), unfinished);
  rig.close(0);
  rig.open(0, "w0");
  EXPECT_TRUE(rig.is_multisig(0).ready);

  rig.ok(0, walletrpc::RescanBlockchain{true});
  rig.ok(0, walletrpc::ChangeWalletPassword{"new", ""});  // writes the keys file
  rig.close(0);
  rig.open(0, "w0", "new");
  EXPECT_FALSE(rig.is_multisig(0).ready);
}

TEST(MultisigLoss, HardRescanEndsAKeyExchangeThatIsUnderWay) {
  Rig rig;
  const Messages made = rig.make_all(rig.create_and_prepare("w"));
  rig.ok(0, walletrpc::RescanBlockchain{true});
  EXPECT_EQ(rig.exchange_error(0, others(made, 0)).message,
            "Error calling exchange_multisig_info: multisig account: can't reconstruct account if "
            "its kex wasn't initialized");
  EXPECT_EQ(rig.exchange_error(0, {"x", "y"}).message.find("kex wasn't initialized"),
            std::string::npos)
      << "messages are read first";
}

TEST(MultisigLoss, MeetsTheWrongWalletAfterASwap) {
  Rig rig;
  const Messages made = rig.make_all(rig.create_and_prepare("w"));
  rig.create(0, "thief");
  EXPECT_FALSE(rig.is_multisig(0).multisig);
  EXPECT_EQ(rig.exchange_error(0, others(made, 0)), not_multisig);
  rig.open(0, "w0");
  rig.exchange_all(rig.exchange_all(made));
  EXPECT_TRUE(rig.is_multisig(0).ready);
}

TEST(MultisigLoss, IsSharedOnceALockIsLost) {
  Rig rig(4);
  const Messages made = rig.make_all(rig.create_and_prepare("w"));
  rig.open(0, "w0");  // the same again: its lock is gone
  rig.open(3, "w0");
  rig.exchange(0, others(made, 0));
  rig.exchange(3, others(made, 0));
  EXPECT_EQ(rig.address(0), rig.address(3));
  EXPECT_NE(rig.open_error(1, "w0").code, 0);  // writing the keys file locked it again
}

}  // namespace
}  // namespace escrowstorm::mockrpc
