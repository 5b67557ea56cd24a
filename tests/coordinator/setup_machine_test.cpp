// The set-up as events and actions: the order of a good one, any order of answers, and events that
// do not fit.
#include "coordinator/setup/setup_machine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/random.hpp"
#include "base/walletrpc/visit.hpp"
#include "tests/coordinator/support/machine_rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using testing::ElementsAre;
using testing::IsEmpty;
using Kind = CallError::Kind;

std::vector<Phase> phases_of(const std::vector<EscrowRecord>& records) {
  std::vector<Phase> phases;
  for (const EscrowRecord& record : records) phases.push_back(record.phase);
  return phases;
}

// All roles, each call, in role order, to the end.

TEST(SetupMachine, GoesThroughThePhasesInOrder) {
  MachineRig rig;
  rig.lease();
  rig.finish_well();

  EXPECT_THAT(phases_of(rig.committed),
              ElementsAre(Phase::create, Phase::label, Phase::verify, Phase::prepare, Phase::make,
                          Phase::exchange_1, Phase::exchange_2, Phase::check, Phase::reopen,
                          Phase::publish, Phase::close, Phase::ready));
  EXPECT_TRUE(rig.outcome->ready);
  EXPECT_EQ(rig.outcome->address, "4AddressOfTheEscrow");
  EXPECT_EQ(rig.outcome->failure, "");
  EXPECT_EQ(rig.published, "4AddressOfTheEscrow");
  EXPECT_THAT(rig.closing_failures, IsEmpty());
}

TEST(SetupMachine, NeitherAsksForTheLabelNorReopensUnlessToldTo) {
  MachineRig rig(false);
  rig.lease();
  rig.finish_well();
  EXPECT_TRUE(rig.outcome->ready);
  EXPECT_THAT(phases_of(rig.committed), testing::Not(testing::Contains(Phase::verify)));
  EXPECT_THAT(phases_of(rig.committed), testing::Not(testing::Contains(Phase::reopen)));
  EXPECT_THAT(phases_of(rig.committed), testing::Contains(Phase::label));
}

TEST(SetupMachine, MakesTheCallsOfEachPhaseForAllRoles) {
  MachineRig rig;
  const std::vector<std::pair<Phase, std::vector<std::string>>> expected = {
      {Phase::create, {"create_wallet"}},
      {Phase::label, {"set_attribute", "store"}},
      {Phase::verify, {"get_attribute"}},
      {Phase::prepare, {"prepare_multisig"}},
      {Phase::make, {"make_multisig"}},
      {Phase::exchange_1, {"exchange_multisig_keys"}},
      {Phase::exchange_2, {"exchange_multisig_keys"}},
      {Phase::check, {"is_multisig", "get_address"}},
      {Phase::reopen,
       {"close_wallet", "open_wallet", "get_attribute", "is_multisig", "get_address"}},
      {Phase::close, {"close_wallet"}},
  };
  for (const auto& [phase, methods] : expected) {
    rig.go_to(phase);
    for (const std::string& method : methods) {
      EXPECT_THAT(rig.methods_under_way(),
                  ElementsAre("buyer " + method, "vendor " + method, "arbiter " + method));
      for (const Role role : all_roles) {
        EXPECT_EQ(rig.call_of(role).site.phase, name_of(phase));
        EXPECT_EQ(rig.call_of(role).site.instance, 4 + index_of(role));
        EXPECT_EQ(rig.call_of(role).site.wallet, "escrow_7_" + std::string(name_of(role)));
      }
      for (const Role role : all_roles) rig.answer_well(role);
    }
  }
}

// Of a call that takes one.
std::optional<std::string> password_of(const walletrpc::Request& request) {
  const auto password = [](const auto& call) -> std::optional<std::string> {
    if constexpr (requires { call.password; }) return call.password;
    return std::nullopt;
  };
  return walletrpc::visit(password, request);
}

// Also in the key exchange: it saves the keys with what it is given.
TEST(SetupMachine, GivesEachWalletItsOwnPasswordThatWasCommittedBefore) {
  MachineRig rig;
  rig.lease();
  ASSERT_TRUE(rig.commit_asked);
  EXPECT_THAT(rig.commit_asked->passwords, ElementsAre("buyer's", "vendor's", "arbiter's"));
  EXPECT_THAT(rig.all_calls, IsEmpty());
  rig.finish_well();
  std::set<std::string> methods;
  for (const coordinator::Call& call : rig.all_calls) {
    const std::optional<std::string> password = password_of(call.request);
    if (!password) continue;
    EXPECT_EQ(*password, std::string(name_of(*call.site.role)) + "'s");
    methods.emplace(method_of(call.request));
  }
  EXPECT_THAT(methods, ElementsAre("create_wallet", "exchange_multisig_keys", "make_multisig",
                                   "open_wallet"));
}

TEST(SetupMachine, SaysWhatMattersInTheRequests) {
  MachineRig rig;
  rig.go_to(Phase::create);
  const auto create = get<walletrpc::CreateWallet>(rig.call_of(Role::vendor).request);
  EXPECT_EQ(create.filename, "escrow_7_vendor");
  EXPECT_EQ(create.language, "English");
  for (const Role role : all_roles) rig.answer_well(role);
  rig.commit();
  const auto label = get<walletrpc::SetAttribute>(rig.call_of(Role::vendor).request);
  EXPECT_EQ(label.key, "escrowstorm.wallet");
  EXPECT_EQ(label.value, "escrow_7_vendor");

  MachineRig later;
  later.go_to(Phase::prepare);
  const auto prepare = get<walletrpc::PrepareMultisig>(later.call_of(Role::buyer).request);
  EXPECT_TRUE(prepare.enable_multisig_experimental);
  for (const Role role : all_roles) later.answer_well(role);
  later.commit();
  const auto make = get<walletrpc::MakeMultisig>(later.call_of(Role::vendor).request);
  EXPECT_THAT(make.multisig_info, ElementsAre("prepared-buyer", "prepared-arbiter"));
  EXPECT_EQ(make.threshold, 2u);
  for (const Role role : all_roles) later.answer_well(role);
  later.commit();
  const auto first = get<walletrpc::ExchangeMultisigKeys>(later.call_of(Role::buyer).request);
  EXPECT_THAT(first.multisig_info, ElementsAre("made-vendor", "made-arbiter"));
  for (const Role role : all_roles) later.answer_well(role);
  later.commit();
  const auto second = get<walletrpc::ExchangeMultisigKeys>(later.call_of(Role::arbiter).request);
  EXPECT_THAT(second.multisig_info, ElementsAre("exchange_1-buyer", "exchange_1-vendor"));
}

TEST(SetupMachine, CommitsWhatItKnowsSoFar) {
  MachineRig rig;
  rig.lease();
  rig.finish_well();
  const EscrowRecord& first = rig.committed.front();
  EXPECT_EQ(first.id, 7u);
  EXPECT_THAT(first.instances, ElementsAre(4, 5, 6));
  EXPECT_EQ(first.wallets[1], "escrow_7_vendor");
  EXPECT_EQ(first.messages[0][0], "");
  const EscrowRecord& at_make = rig.committed[4];
  ASSERT_EQ(at_make.phase, Phase::make);
  EXPECT_EQ(at_make.messages[2][0], "prepared-arbiter");
  EXPECT_EQ(at_make.messages[2][1], "");
  const EscrowRecord& last = rig.committed.back();
  EXPECT_THAT(last.messages[0],
              ElementsAre("prepared-buyer", "made-buyer", "exchange_1-buyer", "exchange_2-buyer"));
  EXPECT_EQ(last.address, "4AddressOfTheEscrow");
  for (const EscrowRecord& record : rig.committed)
    EXPECT_EQ(record.address.empty(), record.phase < Phase::publish) << name_of(record.phase);
}

TEST(SetupMachine, WaitsForAllRolesBetweenPhases) {
  for (const Phase phase : acting_phases) {
    MachineRig rig;
    rig.go_to(phase);
    for (const Role role : {Role::arbiter, Role::buyer}) {
      while (rig.under_way(role)) rig.answer_well(role);
    }
    EXPECT_FALSE(rig.commit_asked) << name_of(phase);
    EXPECT_FALSE(rig.outcome) << name_of(phase);
    while (rig.under_way(Role::vendor)) rig.answer_well(Role::vendor);
    EXPECT_TRUE(rig.commit_asked) << name_of(phase);
  }
}

TEST(SetupMachine, EndsTheSameInWhateverOrderTheRolesAnswer) {
  MachineRig straight;
  straight.lease();
  straight.finish_well();
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    RandomStream random(seed);
    MachineRig rig;
    rig.lease();
    while (!rig.outcome) {
      if (rig.commit_asked)
        rig.commit();
      else
        rig.answer_well(*rig.calls[random.below(rig.calls.size())].site.role);
    }
    EXPECT_EQ(rig.committed, straight.committed) << "seed " << seed;
    EXPECT_EQ(rig.outcome->address, straight.outcome->address);
    EXPECT_EQ(rig.all_calls.size(), straight.all_calls.size());
  }
}

CallResult<walletrpc::Answer> random_result(RandomStream& random, const coordinator::Call& call) {
  if (!random.chance(1, 25)) return good_answer(call);
  const int codes[] = {-1, -13, -28, -31, -45, -48};
  const auto kind = static_cast<Kind>(random.below(5));
  if (kind == Kind::rpc_error) return rpc_error(codes[random.below(6)], "no");
  return call_error(kind, "no");
}

// MachineRig asserts on the way: commits before calls, no calls after the release, one release.
TEST(SetupMachine, EndsWhateverIsAnswered) {
  int ready = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    RandomStream random(seed);
    MachineRig rig(random.chance(1, 2));
    rig.lease();
    bool call_failed = false;
    for (int events = 0; !rig.outcome; ++events) {
      ASSERT_LT(events, 100) << "seed " << seed;
      if (rig.commit_asked) {
        rig.commit();
        continue;
      }
      const coordinator::Call call = rig.calls[random.below(rig.calls.size())];
      CallResult<walletrpc::Answer> result = random_result(random, call);
      call_failed |= !result && call.site.phase != name_of(Phase::close);
      rig.answer(*call.site.role, std::move(result));
    }
    EXPECT_EQ(rig.outcome->ready, !call_failed) << "seed " << seed;
    EXPECT_EQ(rig.outcome->failure.empty(), rig.outcome->ready);
    EXPECT_EQ(rig.committed.back().phase, rig.outcome->ready ? Phase::ready : Phase::failed);
    ready += rig.outcome->ready;
  }
  EXPECT_GT(ready, 100);
  EXPECT_LT(ready, 1900);
}

void expect_refused(MachineRig& rig, SetupEvent event, const char* what) {
#ifdef NDEBUG
  EXPECT_THAT(rig.machine.on(std::move(event)), IsEmpty()) << what;
#else
  EXPECT_DEATH(rig.machine.on(std::move(event)), "Assertion") << what;
#endif
}

Answered an_answer(Role role) {
  return Answered{role, walletrpc::Answer(walletrpc::AnswerTo<walletrpc::Store>())};
}

TEST(SetupMachineDeathTest, AcceptsNoEventThatDoesNotFit) {
  GTEST_FLAG_SET(death_test_style, "fast");
  MachineRig leasing;
  expect_refused(leasing, Committed(), "a commit before the lease");
  expect_refused(leasing, an_answer(Role::buyer), "an answer before the lease");

  for (const Phase phase : acting_phases) {
    MachineRig acting;
    acting.go_to(phase);
    expect_refused(acting, Leased(), "a second lease while acting");
    expect_refused(acting, Committed(), "a commit while acting");
    while (acting.under_way(Role::vendor)) acting.answer_well(Role::vendor);
    expect_refused(acting, an_answer(Role::vendor), "an answer too many");
  }

  MachineRig committing;
  committing.lease();
  expect_refused(committing, Leased(), "a second lease");
  expect_refused(committing, an_answer(Role::arbiter), "an answer while committing");

  MachineRig failing;
  failing.go_to(Phase::prepare);
  failing.answer(Role::buyer, call_error(Kind::deadline));
  expect_refused(failing, Committed(), "a commit while failing");
  expect_refused(failing, an_answer(Role::buyer), "an answer of the failed one");

  MachineRig ended;
  ended.lease();
  ended.finish_well();
  expect_refused(ended, Leased(), "a lease after the end");
  expect_refused(ended, Committed(), "a commit after the end");
  expect_refused(ended, an_answer(Role::buyer), "an answer after the end");
}

}  // namespace
}  // namespace escrowstorm::test
