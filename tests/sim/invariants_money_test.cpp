// The invariants about money and about what is kept open: each holds where all is well, and is seen
// to be violated by what it is there for.
#include "sim/invariants/address_history.hpp"
#include "tests/sim/invariant_rig.hpp"

namespace escrowstorm::sim {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using namespace walletrpc;

constexpr CallFor buyer{0, Role::buyer};

Event of_lease(std::string_view phase, std::uint32_t instance) {
  Event event;
  event.kind = EventKind::lease;
  event.phase = phase;
  event.escrow = buyer.escrow;
  event.role = buyer.role;
  event.instance = instance;
  return event;
}

TEST(NoSessionLeaked, AnInstanceIsGivenBackEmpty) {
  InvariantRig rig;
  rig.judge.on(of_lease("granted", 0));
  rig.create(0, buyer);
  rig.ask(0, buyer, CloseWallet{});
  rig.judge.on(of_lease("released", 0));
  EXPECT_THAT(rig.broken(), IsEmpty()) << rig.story();
  rig.judge.on(of_lease("granted", 0));
  rig.call(0, buyer, OpenWallet{InvariantRig::wallet_of(buyer), "", true});
  rig.judge.on(of_lease("released", 0));
  EXPECT_THAT(rig.broken(), testing::ElementsAre("no_session_leaked"));
  EXPECT_THAT(rig.story(), HasSubstr("gave back instance 0 with wallet escrow_0_buyer open"));
}

TEST(NoSessionLeaked, NoneIsOpenInTheEnd) {
  InvariantRig rig;
  rig.create(4, buyer);
  rig.judge.over(rig.clock.now());
  EXPECT_THAT(rig.story(), HasSubstr("wallet escrow_0_buyer was left open on instance 4"));
}

TEST(NoSessionLeaked, WhoDiedAndWhatWasStruckIsExcused) {
  InvariantRig rig;
  rig.create(0, buyer);
  Event crash;
  crash.kind = EventKind::escrow;
  crash.phase = "crashed";
  rig.judge.on(crash);
  rig.judge.on(of_lease("granted", 1));
  Event fault;
  fault.kind = EventKind::fault;
  fault.instance = 1;
  rig.create(1, {0, Role::vendor});
  rig.judge.on(fault);
  rig.judge.over(rig.clock.now());
  EXPECT_THAT(rig.broken(), Not(Contains("no_session_leaked"))) << rig.story();
}

// Escrow 0 on instances 0, 1 and 2, whose wallets hold a reward that can be spent. The parties'
// addresses are those of two wallets elsewhere.
class WithMoney : public testing::Test {
 protected:
  void SetUp() override {
    record.terms.price = Amount::from_atomic(Amount::per_xmr);
    record.terms.buyer_address = address_elsewhere(7);
    record.terms.vendor_address = address_elsewhere(8);
    record.address = rig.set_up(record);
    rig.durable(record);
    pay(*recipient_of(record.address));
    mine_elsewhere(60);
    for (const Role role : all_roles) ask(role, Refresh{});
  }

  std::string address_elsewhere(std::uint32_t instance) {
    const CallFor whom{instance, Role::arbiter};
    rig.create(instance, whom);
    return rig.ask(instance, whom, GetAddress{}).address;
  }
  void pay(const mockrpc::CurvePoint& recipient) {
    const Amount reward = rig.chain.mine(recipient).coinbase->outputs.front().amount;
    rig.paid.push_back({record.id, record.address, reward, ""});
  }
  void mine_elsewhere(int blocks) {
    for (; blocks > 0; --blocks) rig.chain.mine(*recipient_of(record.terms.buyer_address));
  }

  template <class Method>
  typename Method::Answer ask(Role role, Method method) {
    return rig.ask(record.instances[index_of(role)], {record.id, role}, std::move(method));
  }
  // What the buyer's wallet makes for the vendor's to sign.
  std::string made_to(const std::string& payee) {
    ask(Role::buyer, ImportMultisigInfo{{ask(Role::vendor, ExportMultisigInfo{}).info}});
    SweepAll sweep;
    sweep.address = payee;
    return ask(Role::buyer, sweep).multisig_txset;
  }
  void pay_out_to(const std::string& payee) {
    record.payout.txset = ask(Role::vendor, SignMultisig{made_to(payee)}).tx_data_hex;
    rig.durable(record);
    ask(Role::buyer, SubmitMultisig{record.payout.txset});
  }
  void decide(coordinator::Decision decision) {
    record.payout.decision = decision;
    rig.durable(record);
  }
  std::vector<std::string> broken_in_the_end() {
    for (std::uint32_t instance : {0, 1, 2, 7, 8}) rig.call(instance, buyer, CloseWallet{});
    rig.judge.over(rig.clock.now());
    auto broken = rig.broken();  // what is made up here about leases is nobody's concern
    std::erase_if(broken, [](const std::string& name) {
      return name == "own_wallet_only" || name == "leased_once";
    });
    return broken;
  }

  InvariantRig rig{Money::seen};
  coordinator::EscrowRecord record = InvariantRig::record_of(0, 0);
};

TEST_F(WithMoney, AllHoldsForAGoodPayout) {
  decide(coordinator::Decision::release);
  pay_out_to(record.terms.vendor_address);
  EXPECT_THAT(broken_in_the_end(), IsEmpty()) << rig.story();
}

TEST_F(WithMoney, FreshNoncesWhatIsMadeBeforeASyncIsNotSigned) {
  const std::string txset = made_to(record.terms.vendor_address);
  ask(Role::vendor, ExportMultisigInfo{});
  rig.call(1, CallFor{0, Role::vendor}, SignMultisig{txset});
  EXPECT_THAT(rig.broken(), testing::ElementsAre("fresh_nonces"));
  EXPECT_THAT(rig.story(), HasSubstr("escrow_0_vendor was given a transaction to sign that rests "
                                     "on a multisig info before its last one"));
}

TEST_F(WithMoney, FreshNoncesAWalletThatWasNotAskedCannotSign) {
  const std::string txset = made_to(record.terms.vendor_address);
  rig.call(2, CallFor{0, Role::arbiter}, SignMultisig{txset});
  EXPECT_THAT(rig.story(), HasSubstr("does not rest on its multisig info"));
}

TEST_F(WithMoney, FreshNoncesAreSavedWithTheWallet) {
  const CallFor vendor{0, Role::vendor};
  const std::string txset = made_to(record.terms.vendor_address);
  ask(Role::vendor, CloseWallet{});
  ask(Role::vendor, OpenWallet{record.wallets[index_of(Role::vendor)], "", true});
  ask(Role::vendor, Refresh{});
  ask(Role::vendor, SignMultisig{txset});
  EXPECT_THAT(rig.broken(), IsEmpty()) << rig.story();
  ask(Role::vendor, ExportMultisigInfo{});
  ask(Role::vendor, CloseWallet{});
  ask(Role::vendor, OpenWallet{record.wallets[index_of(Role::vendor)], "", true});
  rig.call(1, vendor, SignMultisig{txset});
  EXPECT_THAT(rig.broken(), testing::ElementsAre("fresh_nonces"));
}

TEST_F(WithMoney, FreshNoncesOfAWalletThatDiedUnsavedAreNotJudged) {
  const std::string txset = made_to(record.terms.vendor_address);
  rig.fleet.kill(1);
  rig.fleet.start(1);
  ask(Role::vendor, OpenWallet{record.wallets[index_of(Role::vendor)], "", true});
  rig.call(1, CallFor{0, Role::vendor}, SignMultisig{txset});
  EXPECT_THAT(rig.broken(), IsEmpty()) << rig.story();
}

TEST_F(WithMoney, OnePayoutOnlyLeaves) {
  decide(coordinator::Decision::release);
  pay_out_to(record.terms.vendor_address);
  pay(*recipient_of(record.address));
  mine_elsewhere(60);
  for (const Role role : all_roles) ask(role, Refresh{});
  pay_out_to(record.terms.vendor_address);
  EXPECT_THAT(broken_in_the_end(), testing::ElementsAre("payout_kept", "one_payout"));
  EXPECT_THAT(rig.story(), HasSubstr("escrow 0 was paid out 2 times"));
}

TEST_F(WithMoney, OnePayoutGoesToWhomTheDecisionNames) {
  decide(coordinator::Decision::refund);
  pay_out_to(record.terms.vendor_address);
  EXPECT_THAT(broken_in_the_end(), testing::ElementsAre("one_payout"));
  EXPECT_THAT(rig.story(), HasSubstr("escrow 0 paid another than its buyer"));
}

TEST_F(WithMoney, OnePayoutIsDecidedBefore) {
  pay_out_to(record.terms.vendor_address);
  EXPECT_THAT(broken_in_the_end(), testing::ElementsAre("one_payout"));
  EXPECT_THAT(rig.story(), HasSubstr("nothing durable says to whom"));
}

TEST_F(WithMoney, MoneyKeptWhatIsUnspentIsHeld) {
  EXPECT_THAT(broken_in_the_end(), IsEmpty()) << rig.story();
}

TEST_F(WithMoney, MoneyKeptWhatComesElsewhereIsLost) {
  pay(mockrpc::CurvePoint{});
  EXPECT_THAT(broken_in_the_end(), testing::ElementsAre("money_kept"));
  EXPECT_THAT(rig.story(), HasSubstr("were paid for escrow 0, of which"));
}

TEST_F(WithMoney, MoneyKeptAStrangerIsNoParty) {
  decide(coordinator::Decision::release);
  pay_out_to(address_elsewhere(6));
  rig.call(6, buyer, CloseWallet{});
  EXPECT_THAT(broken_in_the_end(), testing::ElementsAre("one_payout", "money_kept"));
}

}  // namespace
}  // namespace escrowstorm::sim
