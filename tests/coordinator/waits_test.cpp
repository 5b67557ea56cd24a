// The waits and locks of the field, in virtual time: each does what it says, and none by default.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/coordinator/support/machine_rig.hpp"
#include "tests/coordinator/support/rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using namespace walletrpc;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::Ge;
using testing::IsEmpty;
using testing::Lt;
using testing::SizeIs;

CoordinatorOptions with_waits(const SetupWaits& waits) {
  CoordinatorOptions options;
  options.waits = waits;
  return options;
}

std::vector<TimePoint> times_of(const Rig& rig, std::string_view method) {
  std::vector<TimePoint> times;
  for (const auto& call : rig.fleet.calls)
    if (call.method == method) times.push_back(call.at);
  return times;
}

TEST(Waits, AreNoneByDefault) {
  Rig rig(3);
  ASSERT_TRUE(rig.set_up(1).ready);
  EXPECT_LT(rig.clock.now(), TimePoint(seconds(2)));
  EXPECT_THAT(times_of(rig, IsMultisig::method), SizeIs(6)) << "check and reopen alone ask";
}

TEST(Waits, EscrowsBeginTheStaggerApart) {
  SetupWaits waits;
  waits.stagger_between_escrows = seconds(25);
  Rig rig(9, with_waits(waits));
  for (EscrowId id = 0; id < 3; ++id) rig.begin(id);
  rig.run();
  const auto created = times_of(rig, CreateWallet::method);
  ASSERT_THAT(created, SizeIs(9));
  EXPECT_THAT(created[3] - created[0], Ge(seconds(25)));
  EXPECT_THAT(created[6] - created[3], Ge(seconds(25)));
  EXPECT_THAT(created[6] - created[3], Lt(seconds(27))) << "the clock runs while others work";
}

TEST(Waits, TheStaggerIsNoQueueForWhoComesLater) {
  SetupWaits waits;
  waits.stagger_between_escrows = seconds(25);
  Rig rig(3, with_waits(waits));
  ASSERT_TRUE(rig.set_up(1).ready);
  const TimePoint first = rig.clock.now();
  ASSERT_TRUE(rig.set_up(2).ready);
  EXPECT_THAT(rig.clock.now() - first, Lt(seconds(27)));
}

TEST(Waits, InSequenceEachRoleButTheLastIsWaitedFor) {
  SetupWaits waits;
  waits.rounds = Rounds::sequential;
  waits.wait_after_make = seconds(10);
  Rig rig(3, with_waits(waits));
  ASSERT_TRUE(rig.set_up(1).ready);
  const auto made = times_of(rig, MakeMultisig::method);
  const auto exchanged = times_of(rig, ExchangeMultisigKeys::method);
  ASSERT_THAT(made, SizeIs(3));
  EXPECT_THAT(made[1] - made[0], Ge(seconds(10)));
  EXPECT_THAT(made[2] - made[1], Ge(seconds(10)));
  EXPECT_THAT(exchanged[0] - made[2], Lt(seconds(10)));
}

TEST(Waits, InParallelTheRoundWaitsOnce) {
  SetupWaits waits;
  waits.wait_after_make = seconds(10);
  Rig rig(3, with_waits(waits));
  ASSERT_TRUE(rig.set_up(1).ready);
  const auto made = times_of(rig, MakeMultisig::method);
  const auto exchanged = times_of(rig, ExchangeMultisigKeys::method);
  EXPECT_THAT(made[2] - made[0], Lt(seconds(1)));
  EXPECT_THAT(exchanged[0] - made[2], Ge(seconds(9)));
  EXPECT_THAT(exchanged[0] - made[2], Lt(seconds(12)));
}

TEST(Waits, InSequenceOneRoleActsAtATime) {
  SetupPolicy policy;
  policy.waits.rounds = Rounds::sequential;
  MachineRig rig(policy);
  rig.go_to(Phase::prepare);
  EXPECT_THAT(rig.methods_under_way(), ElementsAre("buyer prepare_multisig"));
  rig.answer_well(Role::buyer);
  EXPECT_THAT(rig.methods_under_way(), ElementsAre("vendor prepare_multisig"));
  rig.answer_well(Role::vendor);
  EXPECT_THAT(rig.methods_under_way(), ElementsAre("arbiter prepare_multisig"));
  EXPECT_FALSE(rig.commit_asked);
  rig.answer_well(Role::arbiter);
  EXPECT_TRUE(rig.commit_asked);
  rig.finish_well();
  EXPECT_TRUE(rig.outcome->ready);
}

CallResult<Answer> multisig_says(bool multisig) {
  IsMultisig::Answer answer;
  answer.multisig = multisig;
  return Answer(AnswerTo<IsMultisig>{answer});
}

MachineRig purging_rig() {
  SetupPolicy policy;
  policy.waits.purge_wait = seconds(10);
  return MachineRig(policy);
}

TEST(PurgeWait, AFreshWalletIsAskedAndGoesOn) {
  MachineRig rig = purging_rig();
  rig.go_to(Phase::prepare);
  EXPECT_EQ(rig.methods_under_way().front(), "buyer is_multisig");
  rig.answer(Role::buyer, multisig_says(false));
  EXPECT_EQ(rig.methods_under_way().front(), "buyer prepare_multisig");
  EXPECT_THAT(rig.waits, IsEmpty());
}

TEST(PurgeWait, OneThatSaysItIsMultisigIsClosedAndOpenedLater) {
  MachineRig rig = purging_rig();
  rig.go_to(Phase::prepare);
  rig.answer(Role::buyer, multisig_says(true));
  EXPECT_EQ(rig.methods_under_way().front(), "buyer close_wallet");
  rig.answer(Role::buyer, rpc_error(-13, "No wallet file"));  // of no matter, as in the field
  ASSERT_THAT(rig.waits, SizeIs(1));
  EXPECT_EQ(rig.waits.front().time, seconds(10));
  EXPECT_EQ(rig.waits.front().role, Role::buyer);
  rig.end_wait();
  EXPECT_EQ(rig.methods_under_way().front(), "buyer open_wallet");
  rig.answer_well(Role::buyer);
  EXPECT_EQ(rig.methods_under_way().front(), "buyer prepare_multisig");
}

TEST(PurgeWait, AFailureWaitsForWhoWaits) {
  MachineRig rig = purging_rig();
  rig.go_to(Phase::prepare);
  rig.answer(Role::buyer, multisig_says(true));
  rig.answer_well(Role::buyer);
  for (const Role role : {Role::vendor, Role::arbiter}) rig.answer(role, rpc_error(-1, "broken"));
  EXPECT_THAT(rig.calls, IsEmpty());
  EXPECT_FALSE(rig.commit_asked);
  rig.end_wait();
  rig.finish_well();
  EXPECT_FALSE(rig.outcome->ready);
}

// The creations at each moment: of all roles, or of one.
std::size_t most_at_once(const Rig& rig, Duration each, std::string_view ending) {
  std::vector<TimePoint> ends;  // a call is seen as it begins
  std::size_t most = 0;
  for (const auto& call : rig.fleet.calls) {
    if (call.method != CreateWallet::method || !call.wallet.ends_with(ending)) continue;
    std::erase_if(ends, [&](TimePoint end) { return end <= call.at; });
    ends.push_back(call.at + each / 2);  // that long at least
    most = std::max(most, ends.size());
  }
  return most;
}

std::size_t creations_at_once(CreationLock lock, std::string_view ending) {
  SetupWaits waits;
  waits.creation_lock = lock;
  Rig rig(9, with_waits(waits));
  rig.fleet.latency[CreateWallet::method] = seconds(1);
  for (EscrowId id = 0; id < 3; ++id) rig.begin(id);
  rig.run();
  for (EscrowId id = 0; id < 3; ++id) EXPECT_TRUE(rig.outcomes.at(id).ready);
  return most_at_once(rig, seconds(1), ending);
}

TEST(CreationLock, LetsOneCreateAtATime) {
  EXPECT_EQ(creations_at_once(CreationLock::none, ""), 9u);
  EXPECT_EQ(creations_at_once(CreationLock::global, ""), 1u);
  EXPECT_EQ(creations_at_once(CreationLock::per_role, "_buyer"), 1u);
  EXPECT_EQ(creations_at_once(CreationLock::per_role, ""), 3u);
}

TEST(CreationLock, IsLeftByWhoFails) {
  SetupWaits waits;
  waits.creation_lock = CreationLock::global;
  Rig rig(6, with_waits(waits));
  bool failed = false;
  rig.fleet.on_call = [&](InstanceId, const Request& request) {
    std::optional<FakeFleet::Fault> fault;
    if (!failed && holds_alternative<CreateWallet>(request))
      fault = FakeFleet::Fault{rpc_error(-1, "no"), false};
    failed = failed || fault;
    return fault;
  };
  rig.begin(0);
  rig.begin(1);
  rig.run();
  EXPECT_FALSE(rig.outcomes.at(0).ready);
  EXPECT_TRUE(rig.outcomes.at(1).ready);
}

TEST(CreationLock, DiesWithTheCoordinator) {
  SetupWaits waits;
  waits.creation_lock = CreationLock::global;
  Rig rig(6, with_waits(waits));
  rig.fleet.on_call = [&](InstanceId, const Request& request) {
    std::optional<FakeFleet::Fault> fault;
    if (rig.fleet.calls.empty() && holds_alternative<CreateWallet>(request))
      fault = FakeFleet::Fault{call_error(CallError::Kind::deadline), true};
    return fault;
  };
  rig.begin(0);
  rig.begin(1);
  rig.loop.poll();
  rig.restart();
  rig.fleet.on_call = nullptr;
  rig.begin(0);
  rig.run();
  EXPECT_TRUE(rig.outcomes.at(0).ready);
}

TEST(MultisigSwitch, ByAnAttributeItIsSetAndPreparedWithout) {
  SetupPolicy policy;
  policy.multisig_switch = MultisigSwitch::attribute;
  MachineRig rig(policy);
  rig.go_to(Phase::prepare);
  const auto& set = get<SetAttribute>(rig.call_of(Role::buyer).request);
  EXPECT_EQ(set.key, "enable-multisig-experimental");
  rig.answer_well(Role::buyer);
  const auto& prepare = get<PrepareMultisig>(rig.call_of(Role::buyer).request);
  EXPECT_FALSE(prepare.enable_multisig_experimental);
}

TEST(SortInfos, PutsTheMessagesInOrder) {
  for (const bool sorted : {false, true}) {
    SetupPolicy policy;
    policy.waits.sort_infos = sorted;
    MachineRig rig(policy);
    rig.go_to(Phase::prepare);
    for (const Role role : all_roles) {
      PrepareMultisig::Answer answer;
      answer.multisig_info = role == Role::arbiter ? "a" : role == Role::vendor ? "b" : "c";
      rig.answer(role, Answer(AnswerTo<PrepareMultisig>{answer}));
    }
    rig.commit();
    const auto& make = get<MakeMultisig>(rig.call_of(Role::buyer).request);
    if (sorted)
      EXPECT_THAT(make.multisig_info, ElementsAre("a", "b"));
    else
      EXPECT_THAT(make.multisig_info, ElementsAre("b", "a"));
  }
}

}  // namespace
}  // namespace escrowstorm::test
