// export_multisig_info and import_multisig_info while no output is known.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "escrow_rig.hpp"
#include "rpc_errors.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace walletrpc;
using rigs::Messages;
using rigs::no_wallet;
using rigs::not_finalized;
using rigs::not_multisig;
using rigs::Rig;
using rigs::unknown;
using testing::StartsWith;

class MultisigSync : public testing::Test {
 protected:
  static Messages infos(Rig& rig) {
    Messages out;
    for (std::size_t i = 0; i < 3; ++i) out.push_back(rig.ok(i, ExportMultisigInfo{}).info);
    return out;
  }
  static RpcError import_error(Rig& rig, Messages messages) {
    return rig.error(0, ImportMultisigInfo{std::move(messages)});
  }
  static RpcError import_failed(const std::string& text) {
    return unknown("Error calling import_multisig: " + text);
  }
};

TEST_F(MultisigSync, ExportsAsMuchAsTheRealOne) {
  Rig rig;
  rig.set_up("w");
  const Messages first = infos(rig);
  for (const std::string& info : first) {
    EXPECT_EQ(info.size(), 384u);
    EXPECT_THAT(info, StartsWith("4d6f6e65726f206d756c7469736967206578706f727401"));
  }
  EXPECT_NE(infos(rig)[0], first[0]);
}

TEST_F(MultisigSync, ImportsFromOneOrTwoOthers) {
  Rig rig(3, "0.18.0.0");
  rig.set_up("w");
  const Messages info = infos(rig);
  for (const Messages& messages : {Messages{info[1]}, Messages{info[1], info[2]},
                                   Messages{info[0], info[1]}, info, Messages{info[1], info[1]}})
    EXPECT_EQ(rig.ok(0, ImportMultisigInfo{messages}).n_outputs, 0u);
  EXPECT_EQ(import_error(rig, {info[0]}), import_failed("Wrong number of multisig sources"));
  EXPECT_FALSE(rig.ok(0, GetBalance{}).multisig_import_needed);
}

TEST_F(MultisigSync, SaysWhatIsWrong) {
  Rig rig(3, "0.18.0.0");
  rig.set_up("foreign");
  const Messages foreign = infos(rig);
  rig.set_up("w");
  const std::string info = infos(rig)[1];
  EXPECT_EQ(import_error(rig, {}), (RpcError{error_code::threshold_not_reached,
                                             "Needs multisig export info from more participants"}));
  for (const std::string hex : {"0", "zz"})
    EXPECT_EQ(import_error(rig, {hex}), (RpcError{error_code::bad_hex, "Failed to parse hex."}));
  for (const std::string hex : {"", "00"})
    EXPECT_EQ(import_error(rig, {hex}), import_failed("Bad multisig info file magic in "));
  EXPECT_EQ(import_error(rig, {info.substr(0, 46)}), import_failed("Unexpected ciphertext size"));
  const RpcError not_authentic = import_failed("Failed to authenticate ciphertext");
  EXPECT_EQ(import_error(rig, {info.substr(0, info.size() - 2)}), not_authentic);
  EXPECT_EQ(import_error(rig, {foreign[1], foreign[2]}), not_authentic);
  for (std::size_t i = 46; i < info.size(); i += 7) {
    std::string tampered = info;
    tampered[i] = tampered[i] == '0' ? '1' : '0';
    EXPECT_EQ(import_error(rig, {tampered}), not_authentic) << i;
  }
  std::string upper = info;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_EQ(rig.ok(0, ImportMultisigInfo{{upper}}).n_outputs, 0u);
}

// The next import meets the infos of the one before, until the wallet is opened again.
TEST_F(MultisigSync, LeavesInfosBehindOnTheNewerVersion) {
  Rig rig(3, "0.18.5.1");
  rig.set_up("w");
  Messages info = infos(rig);
  rig.ok(0, ImportMultisigInfo{{info[1], info[2]}});
  info = infos(rig);
  EXPECT_EQ(import_error(rig, {info[1], info[2]}),
            import_failed("Wrong number of multisig sources"));
  EXPECT_EQ(import_error(rig, {info[1]}), import_failed("Wrong number of multisig sources"));
  rig.close(0);
  rig.open(0, "w0");
  rig.ok(0, ImportMultisigInfo{{info[1]}});
  rig.ok(0, ImportMultisigInfo{{info[2]}});  // two of them are still not too many
}

TEST_F(MultisigSync, IsForReadyMultisigWalletsOnly) {
  Rig rig;
  rig.create(0, "plain");
  EXPECT_EQ(rig.error(0, ExportMultisigInfo{}), not_multisig);
  EXPECT_EQ(import_error(rig, {"00", "00"}), not_multisig);
  rig.make_all(rig.create_and_prepare("w"));
  EXPECT_EQ(rig.error(0, ExportMultisigInfo{}), not_finalized);
  EXPECT_EQ(import_error(rig, {"00", "00"}), not_finalized);
}

// Nothing is a transaction here; the checks before that are the real one's.
TEST_F(MultisigSync, KnowsNoTransactions) {
  Rig rig;
  const auto errors = [&](const std::string& hex) {
    return std::pair(rig.error(0, SignMultisig{hex}), rig.error(0, SubmitMultisig{hex}));
  };
  const auto both = [](const RpcError& error) { return std::pair(error, error); };
  EXPECT_EQ(errors("00"), both(no_wallet));
  const Messages prepared = rig.create_and_prepare("w");
  EXPECT_EQ(errors("00"), both(not_multisig));
  const Messages made = rig.make_all(prepared);
  EXPECT_EQ(errors("00"), both(not_finalized));
  rig.exchange_all(rig.exchange_all(made));
  EXPECT_EQ(errors("0"), both({error_code::bad_hex, "Failed to parse hex."}));
  for (const std::string hex : {"", "00", "4d6f6e65726f"})
    EXPECT_EQ(errors(hex),
              both({error_code::bad_multisig_tx_data, "Failed to parse multisig tx data."}));
}

// 0.18.5.1 keeps infos of an import that found no output known to all: one that tells of an output
// and one that does not. A reorganisation brings that output back.
TEST(LeftOverInfos, OfDifferentLengthDoNotHarmTheNextRefresh) {
  rigs::EscrowRig rig("0.18.5.1");
  const std::string before = rig.info(1);
  rig.fund(1);
  const std::string after = rig.info(2);
  EXPECT_EQ(rig.import(0, {after, before}), 0u);

  rig.chain().pop(81);
  rig.fund(1);
  EXPECT_TRUE(rig.needs_import(0));
  rig.sync();
  EXPECT_FALSE(rig.needs_import(0));
  EXPECT_EQ(rig.sign(1, rig.txset(0, rigs::xmr)).tx_hash_list.size(), 1u);
}

}  // namespace
}  // namespace escrowstorm::mockrpc
