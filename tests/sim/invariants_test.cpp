// Each invariant holds for a good set-up and is seen to be violated by what it is there for.
#include "sim/invariants/wallet_owner.hpp"
#include "tests/sim/invariant_rig.hpp"

namespace escrowstorm::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace walletrpc;

constexpr CallFor buyer{0, Role::buyer};
constexpr CallFor other_buyer{1, Role::buyer};

TEST(WalletOwner, IsTheOneOfItsName) {
  EXPECT_TRUE(is_wallet_of("escrow_12_buyer", "escrow", {12, Role::buyer}));
  EXPECT_TRUE(is_wallet_of("escrow_12_buyer_2", "escrow", {12, Role::buyer}));
  EXPECT_FALSE(is_wallet_of("escrow_12_buyer", "escrow", {12, Role::vendor}));
  EXPECT_FALSE(is_wallet_of("escrow_12_buyer", "escrow", {1, Role::buyer}));
  EXPECT_FALSE(is_wallet_of("escrow_12_buyers", "escrow", {12, Role::buyer}));
  for (const char* name : {"", "escrow", "escrow_", "escrow_12", "escrow__buyer", "other_12_buyer"})
    EXPECT_FALSE(is_wallet_of(name, "escrow", {12, Role::buyer})) << name;
}

TEST(Invariants, AllHoldForGoodSetUps) {
  InvariantRig rig;
  for (const EscrowId escrow : {0, 1}) {
    auto record = InvariantRig::record_of(escrow, static_cast<std::uint32_t>(3 * escrow));
    record.address = rig.set_up(record);
    EXPECT_FALSE(record.address.empty());
    rig.durable(record);
    for (const Role role : all_roles)
      rig.ask(record.instances[index_of(role)], {escrow, role}, CloseWallet{});
  }
  rig.judge.over(rig.clock.now());
  EXPECT_THAT(rig.broken(), IsEmpty()) << rig.story();
}

TEST(OwnWalletOnly, ToChangeAnothersIsAViolation) {
  InvariantRig rig;
  rig.create(0, buyer);
  rig.ask(0, buyer, SetAttribute{"k", "v"});
  EXPECT_THAT(rig.broken(), IsEmpty());
  rig.ask(0, other_buyer, GetAttribute{"k"});  // looks whose it is
  rig.ask(0, {0, Role::vendor}, SetAttribute{"k", "w"});
  EXPECT_THAT(rig.broken(), testing::Contains("own_wallet_only"));
  EXPECT_THAT(rig.story(), HasSubstr("set_attribute for escrow 0's vendor met wallet "
                                     "escrow_0_buyer on instance 0"));
}

TEST(OwnWalletOnly, AnEmptySlotIsNobodys) {
  InvariantRig rig;
  rig.call(0, buyer, SetAttribute{"k", "v"});
  rig.call(0, std::nullopt, CreateWallet{"foreign", "", "English"});
  EXPECT_THAT(rig.broken(), IsEmpty());
}

TEST(LeasedOnce, WhoGoesOnAfterAnotherHasTakenItIsSeen) {
  InvariantRig rig;
  rig.create(0, buyer);
  rig.create(0, other_buyer);
  EXPECT_THAT(rig.broken(), IsEmpty()) << "the first may be done with it";
  rig.ask(0, buyer, IsMultisig{});
  EXPECT_THAT(rig.broken(), ElementsAre("leased_once"));
  EXPECT_THAT(rig.story(), HasSubstr("is_multisig for escrow 0's buyer on instance 0, which "
                                     "escrow 1's buyer had taken"));
}

TEST(LeasedOnce, WhoComesBackTakesItAnew) {
  InvariantRig rig;
  rig.create(0, buyer);
  rig.create(0, other_buyer);
  rig.ask(0, buyer, OpenWallet{InvariantRig::wallet_of(buyer), "", true});
  rig.ask(0, buyer, IsMultisig{});
  EXPECT_THAT(rig.broken(), IsEmpty()) << rig.story();
}

Event lease_of(std::string_view phase, std::uint32_t instance, CallFor whom) {
  Event event;
  event.kind = EventKind::lease;
  event.phase = phase;
  event.escrow = whom.escrow;
  event.role = whom.role;
  event.instance = instance;
  return event;
}

// What waited at an instance when it was handed out, be it a call that would take it.
TEST(LeasedOnce, ALateCallIsSeenOnceAnotherHasTheLease) {
  constexpr CallFor vendor{0, Role::vendor};
  for (const CallFor next : {other_buyer, vendor}) {
    InvariantRig rig;
    rig.judge.on(lease_of("granted", 0, buyer));
    rig.create(0, buyer);
    rig.ask(0, buyer, CloseWallet{});
    rig.judge.on(lease_of("released", 0, buyer));
    rig.call(0, buyer, IsMultisig{});
    EXPECT_THAT(rig.broken(), IsEmpty()) << "nobody has it";
    rig.judge.on(lease_of("granted", 0, next));
    rig.ask(0, buyer, OpenWallet{InvariantRig::wallet_of(buyer), "", true});
    EXPECT_THAT(rig.broken(), ElementsAre("leased_once"));
    EXPECT_THAT(rig.story(), HasSubstr("open_wallet for escrow 0's buyer on instance 0, which was "
                                       "leased to escrow "));
  }
}

// Policies that share mean to: then the calls tell who has it.
TEST(LeasedOnce, SeveralLeasesAreNotAViolationByThemselves) {
  InvariantRig rig;
  rig.judge.on(lease_of("granted", 0, buyer));
  rig.judge.on(lease_of("granted", 0, other_buyer));
  rig.create(0, buyer);
  rig.judge.on(lease_of("released", 0, other_buyer));
  rig.create(0, other_buyer);
  EXPECT_THAT(rig.broken(), IsEmpty()) << rig.story();
}

TEST(LeasedOnce, ACrashEndsTheLeases) {
  InvariantRig rig;
  rig.judge.on(lease_of("granted", 0, buyer));
  Event crash;
  crash.kind = EventKind::escrow;
  crash.phase = "crashed";
  rig.judge.on(crash);
  rig.create(0, other_buyer);
  EXPECT_THAT(rig.broken(), IsEmpty()) << rig.story();
}

TEST(OpenedOnce, ALostLockLetsAnotherOpenIt) {
  InvariantRig rig;
  rig.create(0, buyer);
  const OpenWallet open{InvariantRig::wallet_of(buyer), "", true};
  EXPECT_THROW(rig.ask(1, buyer, open), std::runtime_error) << "it is locked";
  rig.ask(0, buyer, open);  // loses the lock
  EXPECT_THAT(rig.broken(), IsEmpty());
  rig.ask(1, buyer, open);
  EXPECT_THAT(rig.broken(), ElementsAre("opened_once"));
  EXPECT_THAT(rig.story(), HasSubstr("wallet escrow_0_buyer was opened on instance 1 while it is "
                                     "open on instance 0"));
}

TEST(OpenedOnce, ClosedItMayBeOpenedElsewhere) {
  InvariantRig rig;
  rig.create(0, buyer);
  rig.ask(0, buyer, CloseWallet{});
  rig.ask(1, buyer, OpenWallet{InvariantRig::wallet_of(buyer), "", true});
  rig.create(1, other_buyer);
  rig.ask(2, buyer, OpenWallet{InvariantRig::wallet_of(buyer), "", true});
  EXPECT_THAT(rig.broken(), IsEmpty()) << rig.story();
}

TEST(RoundMessages, OfAnotherGroup) {
  InvariantRig rig;
  auto ours = InvariantRig::record_of(0, 0);
  auto theirs = InvariantRig::record_of(1, 3);
  rig.set_up(ours, 0);
  rig.set_up(theirs, 0);
  MakeMultisig make;
  make.multisig_info = InvariantRig::others(theirs, Role::buyer, 0);
  make.threshold = 2;
  rig.call(0, buyer, make);
  EXPECT_THAT(rig.broken(), testing::Contains("round_messages"));
  EXPECT_THAT(rig.story(), HasSubstr("was given a message that wallet escrow_1_vendor made"));
}

TEST(RoundMessages, OfAnEarlierRound) {
  InvariantRig rig;
  auto record = InvariantRig::record_of(0, 0);
  rig.set_up(record, 1);
  ExchangeMultisigKeys exchange;
  exchange.multisig_info = InvariantRig::others(record, Role::buyer, 0);
  rig.call(0, buyer, exchange);
  EXPECT_THAT(rig.broken(), ElementsAre("round_messages"));
  EXPECT_THAT(rig.story(), HasSubstr("a message of round 0 in round 1"));
}

TEST(RoundMessages, OneMissingAndOneMadeUp) {
  InvariantRig rig;
  auto record = InvariantRig::record_of(0, 0);
  rig.set_up(record, 0);
  MakeMultisig make;
  make.multisig_info = {"MultisigV1nobody"};
  make.threshold = 2;
  rig.call(0, buyer, make);
  EXPECT_THAT(rig.story(), HasSubstr("a message that no wallet made"));
  EXPECT_THAT(rig.story(), HasSubstr("1 messages instead of 2"));
}

TEST(RoundMessages, OneTwiceIsOneMissing) {
  InvariantRig rig;
  auto record = InvariantRig::record_of(0, 0);
  rig.set_up(record, 0);
  MakeMultisig make;
  make.multisig_info.assign(2, record.messages[index_of(Role::vendor)][0]);
  make.threshold = 2;
  rig.call(0, buyer, make);
  EXPECT_THAT(rig.broken(), ElementsAre("round_messages"));
  EXPECT_THAT(rig.story(), HasSubstr("was given one message twice"));
}

TEST(MessageKept, UsedBeforeItIsDurable) {
  InvariantRig rig;
  auto record = InvariantRig::record_of(0, 0);
  rig.set_up(record, 0);
  auto forgetful = record;
  forgetful.messages = {};
  rig.durable(forgetful);
  std::string address;
  rig.act(record, Role::buyer, 1, address);
  EXPECT_THAT(rig.broken(), ElementsAre("message_kept"));
}

TEST(MessageKept, WhatWaitedInAQueueMayBeOfAnAttemptThatIsOver) {
  InvariantRig rig;
  auto record = InvariantRig::record_of(0, 0);
  rig.set_up(record, 0);
  auto next = record;
  next.attempt = 2;
  next.messages = {};
  rig.durable(next);
  std::string address;
  rig.act(record, Role::buyer, 1, address);
  auto failed = next;
  failed.phase = coordinator::Phase::failed;
  rig.durable(failed);
  rig.act(record, Role::vendor, 1, address);
  EXPECT_THAT(rig.broken(), IsEmpty()) << rig.story();
}

TEST(PublishedWhenReady, TooEarly) {
  InvariantRig rig;
  auto record = InvariantRig::record_of(0, 0);
  rig.set_up(record, 1);
  record.address = rig.ask(0, buyer, GetAddress{}).address;
  rig.durable(record);
  EXPECT_THAT(rig.broken(), ElementsAre("published_when_ready"));
  EXPECT_THAT(rig.story(), HasSubstr("escrow 0 published a placeholder"));
  EXPECT_THAT(rig.story(), HasSubstr("while wallet escrow_0_arbiter was not ready"));
}

TEST(OneAddress, AnothersOrOfOtherWallets) {
  InvariantRig rig;
  auto first = InvariantRig::record_of(0, 0);
  auto second = InvariantRig::record_of(1, 3);
  first.address = rig.set_up(first);
  rig.set_up(second);
  second.address = first.address;
  rig.durable(first);
  rig.durable(first);
  EXPECT_THAT(rig.broken(), IsEmpty());
  rig.durable(second);
  EXPECT_THAT(rig.broken(), ElementsAre("one_address"));
  EXPECT_THAT(rig.story(), HasSubstr("escrow 1 published the address of escrow 0"));
  EXPECT_THAT(rig.story(), HasSubstr("is not that of wallet escrow_1_buyer"));
}

// Its coordinator died, and another published with other wallets; a call was still in a queue.
TEST(OneAddress, ALateCallOfAnEarlierAttemptIsNoMatter) {
  InvariantRig rig;
  auto early = InvariantRig::record_of(0, 0);
  rig.set_up(early, 2);
  auto late = InvariantRig::record_of(0, 3);
  late.attempt = 2;
  for (std::string& wallet : late.wallets) wallet += "_2";
  late.address = "published by the second attempt";
  rig.durable(late);
  std::string address;
  rig.act(early, Role::buyer, 3, address);
  EXPECT_FALSE(address.empty());
  EXPECT_THAT(rig.broken(), ElementsAre("published_when_ready")) << rig.story();
}

TEST(OneAddress, ItNeverChanges) {
  InvariantRig rig;
  auto record = InvariantRig::record_of(0, 0);
  record.address = rig.set_up(record);
  rig.durable(record);
  record.address += "x";
  rig.durable(record);
  EXPECT_THAT(rig.story(), HasSubstr("was published and is another one now"));
}

Event lease_event(std::string_view phase, EscrowId escrow) {
  Event event;
  event.kind = EventKind::lease;
  event.phase = phase;
  event.escrow = escrow;
  return event;
}

Event escrow_event(std::string_view phase, std::optional<EscrowId> escrow) {
  Event event;
  event.kind = EventKind::escrow;
  event.phase = phase;
  event.escrow = escrow;
  return event;
}

TEST(LeasesReturned, OneThatIsKept) {
  InvariantRig rig;
  for (int i = 0; i < 3; ++i) rig.judge.on(lease_event("granted", 7));
  for (int i = 0; i < 2; ++i) rig.judge.on(lease_event("released", 7));
  EXPECT_THAT(rig.broken(), IsEmpty()) << "not over yet";
  rig.judge.over(rig.clock.now());
  EXPECT_THAT(rig.broken(), ElementsAre("leases_returned"));
  EXPECT_THAT(rig.story(), HasSubstr("escrow 7 never gave back 1 instances"));
}

TEST(LeasesReturned, ACrashEndsAllOfThem) {
  InvariantRig rig;
  rig.judge.on(lease_event("granted", 7));
  rig.judge.on(escrow_event("crashed", std::nullopt));
  rig.judge.over(rig.clock.now());
  EXPECT_THAT(rig.broken(), IsEmpty());
}

TEST(EveryEscrowEnds, OneThatDoesNot) {
  InvariantRig rig;
  rig.judge.on(escrow_event("requested", 1));
  rig.judge.on(escrow_event("requested", 2));
  rig.judge.on(escrow_event("ended", 2));
  rig.judge.over(rig.clock.now());
  EXPECT_THAT(rig.broken(), ElementsAre("every_escrow_ends"));
  EXPECT_THAT(rig.story(), HasSubstr("escrow 1 never ended"));
}

TEST(Judge, CountsAllAndKeepsTheFirstWhole) {
  InvariantRig rig;
  int heard = 0;
  rig.judge.on_violation = [&](const Violation&) { ++heard; };
  rig.create(0, buyer);
  for (int i = 0; i < 20; ++i) rig.ask(0, {0, Role::vendor}, SetAttribute{"k", "w"});
  EXPECT_THAT(rig.broken(), ElementsAre("own_wallet_only", "leased_once"));
  EXPECT_EQ(heard, 40);
  EXPECT_EQ(rig.judge.judged().front().violations, 20u);
  EXPECT_EQ(rig.judge.violations().size(), 10u);
}

TEST(Judge, WithoutALedgerItJudgesWhatIsLeft) {
  Judge judge("escrow", false);
  std::vector<std::string_view> names;
  for (const JudgedInvariant& one : judge.judged()) names.push_back(one.name);
  EXPECT_THAT(names, ElementsAre("one_address", "address_survives", "leases_returned",
                                 "every_escrow_ends"));
}

}  // namespace
}  // namespace escrowstorm::sim
