// What make and exchange answer to wrong, foreign, repeated, early and late messages.
#include <gtest/gtest.h>

#include "rig.hpp"
#include "rpc_errors.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace walletrpc;
using rigs::already_multisig;
using rigs::kex_error;
using rigs::Messages;
using rigs::not_multisig;
using rigs::others;
using rigs::Rig;
using rigs::unexpected_recommendations;
using rigs::unknown;

constexpr std::string_view wrong_round = "Messages don't have the expected kex round number.";
const RpcError needs_more{error_code::threshold_not_reached,
                          "Needs multisig info from more participants"};

class MultisigTexts : public testing::TestWithParam<std::string_view> {
 protected:
  bool is_old() const { return GetParam() == "0.18.0.0"; }
};
INSTANTIATE_TEST_SUITE_P(BothVersions, MultisigTexts, testing::Values("0.18.0.0", "0.18.5.1"),
                         [](const auto& version) { return version.index == 0 ? "Old" : "New"; });

TEST(MultisigFinalize, RefusesWithoutAWord) {
  Rig rig;
  EXPECT_EQ(rig.error(0, FinalizeMultisig{}), rigs::no_wallet);
  rig.set_up("w");
  EXPECT_EQ(rig.error(0, FinalizeMultisig{}), (RpcError{0, ""}));
}

TEST_P(MultisigTexts, OfMakeAreThoseOfTheRealOne) {
  Rig rig(3, GetParam());
  const Messages prepared = rig.create_and_prepare("w");
  const auto make_error = [&](Messages messages, std::uint32_t threshold) {
    const RpcError error = rig.error(0, MakeMultisig{std::move(messages), threshold, ""});
    EXPECT_EQ(rig.last_cost, "");
    return error;
  };
  const RpcError threshold = unknown("multisig account: tried to set invalid threshold.");
  EXPECT_EQ(
      make_error({"garbage", "more"}, 2),
      unknown(is_old() ? "basic_string::substr: __pos (which is 13) > this->size() (which is 7)"
                       : "Kex message unexpectedly small."));
  EXPECT_EQ(make_error({}, 2), threshold);
  EXPECT_EQ(make_error(others(prepared, 0), 4), threshold);
  EXPECT_EQ(make_error(others(prepared, 0), 0), threshold);
  EXPECT_EQ(make_error({prepared[0]}, 1),
            unknown("multisig account: tried to set invalid number of signers."));
  EXPECT_EQ(make_error({prepared[1], prepared[1]}, 2),
            unknown("Duplicate signers not allowed when converting a wallet to multisig."));
  EXPECT_FALSE(rig.is_multisig(0).multisig);

  const Messages made = rig.make_all(prepared);
  EXPECT_EQ(make_error(others(prepared, 0), 2), already_multisig);
  EXPECT_EQ(rig.error(0, PrepareMultisig{true}), already_multisig);
  rig.create(0, "late");
  EXPECT_EQ(make_error(others(made, 0), 2),
            unknown("Trying to make multisig with message that has invalid multisig kex round "
                    "(should be '1')."));
}

TEST_P(MultisigTexts, OfExchangeAreThoseOfTheRealOne) {
  Rig rig(3, GetParam());
  const Messages prepared = rig.create_and_prepare("w");
  EXPECT_EQ(rig.exchange_error(0, {"x", "y"}), not_multisig);
  const Messages made = rig.make_all(prepared);

  EXPECT_EQ(rig.exchange_error(0, {made[1]}), needs_more);
  EXPECT_EQ(rig.exchange_error(0, {}), needs_more);
  EXPECT_EQ(rig.exchange_error(0, others(prepared, 0)), kex_error(std::string(wrong_round)));
  EXPECT_EQ(rig.exchange_error(0, {made[1], made[1]}),
            kex_error(std::string(unexpected_recommendations)));
  EXPECT_EQ(rig.exchange_error(0, {made[0], made[0]}),
            kex_error(is_old() ? "Number of unique other signers does not equal number of other "
                                 "signers that recommended pubkeys."
                               : "Number of unique other signers recommending pubkeys does not "
                                 "equal number of required other signers (kex round: 2, num "
                                 "signers found: 0, num signers required: 2)."));
  std::string tampered = made[1];
  tampered[tampered.size() - 20] = tampered[tampered.size() - 20] == 'x' ? 'y' : 'x';
  EXPECT_EQ(rig.exchange_error(0, {tampered, made[2]}),
            kex_error("Multisig kex msg signature invalid."));
  EXPECT_EQ(rig.last_cost, "");
  EXPECT_TRUE(rig.is_multisig(0).multisig);

  const Messages exchanged = rig.exchange_all(made);
  EXPECT_EQ(rig.exchange_error(0, others(made, 0)), kex_error(std::string(wrong_round)));
  EXPECT_EQ(rig.exchange_error(0, {exchanged[1], made[2]}),
            kex_error("All messages must have the same kex round number."));
  const Messages confirmed = rig.exchange_all(exchanged);
  const RpcError finalized =
      is_old()
          ? RpcError{error_code::already_multisig, "This wallet is multisig, and already finalized"}
          : kex_error("multisig account: tried to update kex, but kex is already complete.");
  EXPECT_EQ(rig.exchange_error(0, others(confirmed, 0)), finalized);
  EXPECT_EQ(rig.exchange_error(0, {}), is_old() ? finalized : needs_more);
}

TEST_P(MultisigTexts, OfForeignMessagesAreThoseOfTheRealOne) {
  Rig rig(3, GetParam());
  const Messages foreign = rig.make_all(rig.create_and_prepare("a"));
  const Messages made = rig.make_all(rig.create_and_prepare("b"));
  const RpcError refused = kex_error(std::string(unexpected_recommendations));
  EXPECT_EQ(rig.exchange_error(0, others(foreign, 0)), refused);
  EXPECT_EQ(rig.exchange_error(0, {made[1], foreign[2]}), refused);
  EXPECT_TRUE(rig.is_multisig(0).multisig);
  const Messages exchanged = rig.exchange_all(made);
  EXPECT_EQ(rig.exchange_all(exchanged).size(), 3u);
}

}  // namespace
}  // namespace escrowstorm::mockrpc
