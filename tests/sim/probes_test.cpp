// Each probe about what follows the set-up is met by a run that is led there, and by no quiet one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/explore/virtual_run.hpp"
#include "tests/sim/life_scenario.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using Count = std::optional<std::uint64_t>;

Count count_of(std::string_view probe, const Scenario& scenario) {
  const std::span<const ProbeKind> kinds = probe_kinds();
  const auto at = std::find_if(kinds.begin(), kinds.end(),
                               [&](const ProbeKind& kind) { return kind.name == probe; });
  if (at == kinds.end()) throw std::logic_error("no such probe");
  const VirtualOutcome outcome = run_virtually(scenario);
  EXPECT_EQ(outcome.escrows.completed, scenario.storm.escrows) << probe;
  return outcome.probes.at(static_cast<std::size_t>(at - kinds.begin()));
}

// Strikes at the first call of that method.
FaultSpec at_first(std::string method, std::string fault) {
  FaultSpec spec;
  spec.fault = std::move(fault);
  spec.trigger.methods = {std::move(method)};
  spec.trigger.nth = 1;
  spec.parameters.restart_after = 1s;
  return spec;
}

Scenario one_release() { return life_of(1, JourneyEnd::release); }

struct Struck {
  const char* probe;
  const char* method;
  const char* fault;
  CrashWhen when = CrashWhen::before;
};

class MetByAFault : public testing::TestWithParam<Struck> {};

TEST_P(MetByAFault, Once) {
  Scenario scenario = one_release();
  scenario.faults = {at_first(GetParam().method, GetParam().fault)};
  scenario.faults.front().parameters.when = GetParam().when;
  EXPECT_EQ(count_of(GetParam().probe, scenario), Count(1));
}

INSTANTIATE_TEST_SUITE_P(
    Probes, MetByAFault,
    testing::Values(
        Struck{"crash_after_decision", "sweep_all", "coordinator_crash"},
        Struck{"crash_after_making", "sweep_all", "coordinator_crash", CrashWhen::after},
        Struck{"crash_after_making", "sign_multisig", "coordinator_crash"},
        Struck{"crash_after_signature", "sign_multisig", "coordinator_crash", CrashWhen::after},
        Struck{"crash_after_signed_commit", "submit_multisig", "coordinator_crash"},
        Struck{"crash_after_submission", "submit_multisig", "coordinator_crash", CrashWhen::after},
        Struck{"answer_of_submit_lost", "submit_multisig", "lost_reply"},
        Struck{"payout_started_over", "sweep_all", "rpc_error"},
        Struck{"payout_started_over", "sign_multisig", "lost_reply"}),
    [](const auto& met) {
      return std::string(met.param.probe) + "_" + met.param.method +
             (met.param.when == CrashWhen::after ? "_after" : "");
    });

// A crash elsewhere is none of these.
TEST(CrashProbes, EachIsAboutItsOwnStretch) {
  for (const char* method : {"prepare_multisig", "get_balance", "get_transfer_by_txid"}) {
    Scenario scenario = one_release();
    scenario.faults = {at_first(method, "coordinator_crash")};
    for (const char* probe : {"crash_after_decision", "crash_after_making", "crash_after_signature",
                              "crash_after_signed_commit", "crash_after_submission"})
      EXPECT_EQ(count_of(probe, scenario), Count(0)) << probe << " at " << method;
  }
}

TEST(SessionProbes, OneEndsForAnotherEscrow) {
  Scenario scenario = life_of(2, JourneyEnd::release);
  EXPECT_EQ(count_of("session_ended_for_others", scenario), Count(0)) << "there are enough";
  scenario.fleet.instances = 3;
  EXPECT_GE(count_of("session_ended_for_others", scenario), Count(1));
}

FaultSpec deaths_at(Duration when) {
  FaultSpec death;
  death.fault = "wallet_crash";
  death.trigger.from = when;
  death.parameters.restart_after = 1s;
  return death;
}

// Between two looks at the balance.
TEST(SessionProbes, OneIsFoundLost) {
  Scenario scenario = one_release();
  for (std::uint32_t instance = 0; instance < 3; ++instance) {
    scenario.faults.push_back(deaths_at(90s));
    scenario.faults.back().trigger.instances = {instance};
  }
  EXPECT_EQ(count_of("session_found_lost", scenario), Count(1));
}

// The call is repeated once the instance is back, and then finds no wallet: no news.
TEST(SessionProbes, OneThatLearntItByALostCallIsNotFoundLost) {
  Scenario scenario = one_release();
  scenario.faults = {at_first("get_balance", "wallet_crash")};
  scenario.faults.front().parameters.restart_after = 10ms;
  EXPECT_EQ(count_of("session_found_lost", scenario), Count(0));
}

// A look of its own takes half a minute, and in the middle of it the buyer pays.
TEST(LookProbes, PaidDuringOne) {
  Scenario scenario = one_release();
  scenario.coordinator.life.watch.background = 45s;
  scenario.coordinator.call_deadline = 1min;
  scenario.storm.journeys.front().deposit_after = 1min;
  EXPECT_EQ(count_of("paid_during_a_look", scenario), Count(0));
  FaultSpec slow = at_first("refresh", "slow_reply");
  slow.parameters.delay = 30s;
  scenario.faults = {slow};
  EXPECT_EQ(count_of("paid_during_a_look", scenario), Count(1));
}

TEST(LookProbes, JoinedByWhoAsksMeanwhile) {
  Scenario scenario = one_release();
  EXPECT_EQ(count_of("balance_joined", scenario), Count(0));
  scenario.coordinator.life.watch.cache = 0s;
  scenario.storm.journeys.front().clients = 3;
  EXPECT_EQ(count_of("balance_joined", scenario), Count(1));
}

TEST(CopyProbes, AWalletThatIsLockedMoves) {
  Scenario scenario = one_release();
  scenario.fleet.instances = 6;
  scenario.faults = {at_first("get_balance", "hang")};
  scenario.faults.front().parameters.resume_after = 3h;
  EXPECT_EQ(count_of("wallet_moved", scenario), Count(1));
  scenario.faults.front().parameters.resume_after = 1s;
  EXPECT_EQ(count_of("wallet_moved", scenario), Count(0));
}

TEST(CopyProbes, ASetUpGoesBackToItsRound) {
  Scenario scenario = one_release();
  scenario.faults = {at_first("exchange_multisig_keys", "wallet_crash")};
  EXPECT_EQ(count_of("went_back_to_a_round", scenario), Count());
  scenario.coordinator.persistence = coordinator::Persistence::copy_per_round;
  EXPECT_EQ(count_of("went_back_to_a_round", scenario), Count(1));
}

// What a scenario can't lead to is not looked for, whatever else it has.
TEST(ProbeNeeds, DecideWhatIsCounted) {
  const Scenario quiet = one_release();
  EXPECT_EQ(count_of("payout_started_over", quiet), Count(0));
  EXPECT_EQ(count_of("deadline_passed", quiet), Count(0));
  for (const char* probe : {"crash_after_decision", "crash_after_publication", "executed_twice",
                            "session_found_lost", "answer_of_submit_lost"})
    EXPECT_EQ(count_of(probe, quiet), Count()) << probe;

  Scenario without_money = life_of(1, JourneyEnd::set_up);
  without_money.faults = {at_first("create_wallet", "coordinator_crash")};
  EXPECT_EQ(count_of("crash_between_answer_and_commit", without_money), Count(0));
  for (const char* probe : {"crash_after_decision", "payout_started_over", "balance_joined"})
    EXPECT_EQ(count_of(probe, without_money), Count()) << probe;
}

TEST(ProbeNeeds, AreSaidWhereThereAreAny) {
  const Scenario quiet = one_release();
  for (const ProbeKind& kind : probe_kinds())
    EXPECT_TRUE(kind.needs.is_met_by(quiet) || !kind.needs.about.empty()) << kind.name;
}

}  // namespace
}  // namespace escrowstorm::sim
