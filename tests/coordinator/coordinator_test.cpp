// Whole set-ups over a fleet with the real one's hazards, in virtual time.
#include "coordinator/coordinator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "coordinator/setup/steps.hpp"
#include "tests/coordinator/support/rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;

CoordinatorOptions with_slots(std::string policy, bool verify_wallet = true) {
  CoordinatorOptions options;
  options.slots = std::move(policy);
  options.verify_wallet = verify_wallet;
  return options;
}

TEST(Coordinator, SetsAnEscrowUp) {
  Rig rig(3);
  const SetupOutcome outcome = rig.set_up(5);
  EXPECT_EQ(outcome.failure, "");
  ASSERT_TRUE(outcome.ready);
  for (const Role role : all_roles) {
    const std::string name = "escrow_5_" + std::string(name_of(role));
    EXPECT_EQ(rig.fleet.files.at(name).round, 3);
    EXPECT_EQ(rig.fleet.address_of(name), outcome.address);
    EXPECT_EQ(rig.fleet.files.at(name).attributes.at("escrowstorm.wallet"), name);
  }
  EXPECT_THAT(rig.fleet.open, ElementsAre("", "", ""));
  EXPECT_TRUE(rig.all_leases_returned());

  const EscrowRecord& record = rig.store.records.at(5);
  EXPECT_EQ(record.phase, Phase::ready);
  EXPECT_EQ(record.address, outcome.address);
}

TEST(Coordinator, RefusesWrongOptions) {
  EXPECT_THROW(Rig(3, with_slots("exclusive")), std::invalid_argument);
  EXPECT_THROW(Rig(2), std::invalid_argument);
  EXPECT_NO_THROW(Rig(3, with_slots("role_partitioned")));
}

TEST(Coordinator, TellsTheWayOfAnEscrow) {
  Rig rig(3);
  const SetupOutcome outcome = rig.set_up(1);
  ASSERT_TRUE(outcome.ready);

  std::vector<std::string> told;
  for (const Event& event : rig.observer.of(EventKind::escrow)) {
    told.emplace_back(event.phase);
    EXPECT_EQ(event.escrow, 1u);
    EXPECT_TRUE(event.ok);
  }
  EXPECT_THAT(told, ElementsAre("started", "publish", "ready"));
  const Event ready = rig.observer.of(EventKind::escrow, "ready")[0];
  EXPECT_EQ(ready.duration, ready.at - rig.observer.of(EventKind::escrow, "started")[0].at);
  EXPECT_GT(ready.duration, milliseconds(1000));

  const std::vector<Event> commits = rig.observer.of(EventKind::store);
  ASSERT_EQ(commits.size(), 12u);
  for (const Event& commit : commits) {
    EXPECT_TRUE(commit.ok);
    EXPECT_EQ(commit.duration, rig.store.latency);
    EXPECT_EQ(commit.escrow, 1u);
  }
  EXPECT_EQ(commits[0].phase, "create");
  EXPECT_EQ(commits[11].phase, "ready");

  const std::vector<Event> calls = rig.observer.of(EventKind::rpc);
  EXPECT_EQ(calls.size(), 48u);  // sixteen for each role
  for (const Event& call : calls) {
    EXPECT_TRUE(call.ok);
    EXPECT_EQ(call.instance, index_of(*call.role));
    EXPECT_EQ(call.wallet, "escrow_1_" + std::string(name_of(*call.role)));
  }
}

TEST(Coordinator, TellsNeitherAddressesNorMessages) {
  Rig rig(3);
  const SetupOutcome outcome = rig.set_up(1);
  for (const Event& event : rig.observer.events) {
    EXPECT_THAT(event.message, testing::Not(HasSubstr(outcome.address)));
    for (const auto& of_role : rig.store.records.at(1).messages) {
      for (const std::string& message : of_role)
        EXPECT_THAT(event.message, testing::Not(HasSubstr(message)));
    }
  }
}

// What a step is about to do is durable when its first call arrives, and nothing is being
// committed.
TEST(Coordinator, CommitsBeforeItActs) {
  Rig rig(3);
  const std::map<std::string_view, std::set<Phase>> expected = {
      {"create_wallet", {Phase::create}},
      {"set_attribute", {Phase::label}},
      {"store", {Phase::label}},
      {"get_attribute", {Phase::verify, Phase::reopen}},
      {"prepare_multisig", {Phase::prepare}},
      {"make_multisig", {Phase::make}},
      {"exchange_multisig_keys", {Phase::exchange_1, Phase::exchange_2}},
      {"is_multisig", {Phase::check, Phase::reopen}},
      {"get_address", {Phase::check, Phase::reopen}},
      {"close_wallet", {Phase::reopen, Phase::close}},
      {"open_wallet", {Phase::reopen}},
  };
  int calls = 0;
  rig.fleet.on_call = [&](InstanceId instance, const walletrpc::Request& request) {
    ++calls;
    EXPECT_EQ(rig.store.under_way, 0);
    const EscrowRecord& durable = rig.store.records.at(1);
    EXPECT_TRUE(expected.at(method_of(request)).contains(durable.phase)) << method_of(request);
    EXPECT_EQ(durable.instances[instance], instance);
    // Every message that is sent is durable, and so is the address when the wallets are closed.
    const EscrowRecord last = durable;
    if (durable.phase >= Phase::make && durable.phase <= Phase::exchange_2) {
      const Role role = all_roles[instance];
      const Step step = durable.phase == Phase::make ? Step::make : Step::exchange;
      EXPECT_EQ(request.index(), request_for(step, role, last).index());
      const auto* make = get_if<walletrpc::MakeMultisig>(&request);
      const auto expected_request = request_for(step, role, last);
      if (make) {
        EXPECT_EQ(make->multisig_info,
                  get<walletrpc::MakeMultisig>(expected_request).multisig_info);
      } else {
        EXPECT_EQ(get<walletrpc::ExchangeMultisigKeys>(request).multisig_info,
                  get<walletrpc::ExchangeMultisigKeys>(expected_request).multisig_info);
      }
    }
    EXPECT_TRUE(durable.phase != Phase::close || durable.address.size() == 95);
    return std::optional<FakeFleet::Fault>();
  };
  EXPECT_TRUE(rig.set_up(1).ready);
  EXPECT_EQ(calls, 48);
  EXPECT_THAT(rig.store.phases_of(1),
              ElementsAre(Phase::create, Phase::label, Phase::verify, Phase::prepare, Phase::make,
                          Phase::exchange_1, Phase::exchange_2, Phase::check, Phase::reopen,
                          Phase::publish, Phase::close, Phase::ready));
}

TEST(Coordinator, WorksOnTheRolesInParallel) {
  Rig rig(3);
  rig.fleet.latency = {{"create_wallet", seconds(1)}, {"make_multisig", seconds(1)}};
  ASSERT_TRUE(rig.set_up(1).ready);
  // Half to one and a half each, one role after another would take three times as long.
  EXPECT_LT(rig.clock.now(), TimePoint(milliseconds(3100)));
}

TEST(Coordinator, SetsUpManyAtOnceOnExclusiveInstances) {
  for (const char* policy : {"exclusive_lease", "role_partitioned"}) {
    Rig rig(9, with_slots(policy));
    for (EscrowId id = 1; id <= 1000; ++id) rig.begin(id);
    rig.run();
    ASSERT_EQ(rig.outcomes.size(), 1000u);
    std::set<std::string> addresses;
    for (const auto& [id, outcome] : rig.outcomes) {
      EXPECT_TRUE(outcome.ready) << outcome.failure;
      EXPECT_TRUE(addresses.insert(outcome.address).second) << "two escrows, one address";
    }
    EXPECT_TRUE(rig.all_leases_returned());
    EXPECT_THAT(rig.fleet.open, testing::Each(""));
    for (const Event& event : rig.observer.of(EventKind::rpc)) EXPECT_TRUE(event.ok);
  }
}

// Three escrows on the same three instances, nothing verified: the history of the seeds.
TEST(Coordinator, SharedInstancesMakeSetUpsFail) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Rig rig(3, with_slots("shared_round_robin", false));
    rig.fleet.random = RandomStream(seed);
    for (EscrowId id = 1; id <= 3; ++id) rig.begin(id);
    rig.run();
    int ready = 0;
    for (const auto& [id, outcome] : rig.outcomes) ready += outcome.ready;
    EXPECT_EQ(rig.outcomes.size(), 3u);
    EXPECT_LE(ready, 1);
    bool already_multisig = false;
    for (const Event& event : rig.observer.of(EventKind::rpc))
      already_multisig |= event.code == -28 && event.message == "This wallet is already multisig";
    EXPECT_TRUE(already_multisig) << "seed " << seed;
    EXPECT_TRUE(rig.all_leases_returned());
  }
}

TEST(Coordinator, SaysWhoseWalletItMetOnSharedInstances) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Rig rig(3, with_slots("shared_round_robin", true));
    rig.fleet.random = RandomStream(seed);
    for (EscrowId id = 1; id <= 3; ++id) rig.begin(id);
    rig.run();
    ASSERT_EQ(rig.outcomes.size(), 3u);
    int met_another = 0;
    for (const auto& [id, outcome] : rig.outcomes) {
      if (outcome.failure.find("expected wallet") == std::string::npos) continue;
      ++met_another;
      EXPECT_THAT(outcome.failure, HasSubstr(", met escrow_"));
      EXPECT_THAT(outcome.failure, HasSubstr(" (of escrow "));
    }
    EXPECT_GE(met_another, 2) << "seed " << seed;
  }
}

TEST(Coordinator, NoticesAStolenSlotAndLeavesItAlone) {
  CoordinatorOptions options;
  options.setup_attempts = 1;
  Rig rig(3, options);
  rig.fleet.on_call = [&](InstanceId instance, const walletrpc::Request& request) {
    if (instance == 1 && holds_alternative<walletrpc::GetAttribute>(request)) {
      rig.fleet.files["escrow_2_buyer"].attributes["escrowstorm.wallet"] = "escrow_2_buyer";
      rig.fleet.open[1] = "escrow_2_buyer";
    }
    return std::optional<FakeFleet::Fault>();
  };
  EXPECT_EQ(rig.set_up(1).failure,
            "vendor: expected wallet escrow_1_vendor on instance 1, met escrow_2_buyer (of escrow "
            "2)");
  EXPECT_THAT(rig.fleet.open, ElementsAre("", "escrow_2_buyer", ""));
  EXPECT_TRUE(rig.all_leases_returned());
  EXPECT_EQ(rig.store.records.at(1).phase, Phase::failed);
}

TEST(Coordinator, StaysReadyWhenClosingFails) {
  Rig rig(3);
  rig.fleet.on_call = [&rig](InstanceId instance, const walletrpc::Request&) {
    std::optional<FakeFleet::Fault> fault;
    if (instance != 2 || rig.store.records.at(1).phase != Phase::close) return fault;
    fault.emplace();
    fault->error.kind = CallError::Kind::outcome_unknown;
    fault->error.message = "connection reset";
    return fault;
  };
  const SetupOutcome outcome = rig.set_up(1);
  EXPECT_TRUE(outcome.ready);
  EXPECT_EQ(outcome.address.size(), 95u);
  const std::vector<Event> told = rig.observer.of(EventKind::escrow, "close");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_FALSE(told[0].ok);
  EXPECT_EQ(told[0].message,
            "arbiter: close_wallet on instance 2: outcome unknown: connection reset");
  EXPECT_TRUE(rig.all_leases_returned());
}

TEST(Coordinator, CanSetUpTheNextAfterAFailure) {
  Rig rig(3);
  rig.store.on_commit = [](const EscrowRecord& record) {
    std::optional<std::string> error;
    if (record.id == 1 && record.phase == Phase::make) error = "database or disk is full";
    return error;
  };
  EXPECT_EQ(rig.set_up(1).failure, "commit before make: database or disk is full");
  EXPECT_EQ(rig.store.records.at(1).phase, Phase::failed);
  EXPECT_EQ(rig.observer.of(EventKind::store, "make")[0].message, "database or disk is full");
  EXPECT_TRUE(rig.set_up(2).ready);
}

}  // namespace
}  // namespace escrowstorm::test
