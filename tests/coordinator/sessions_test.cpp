#include "coordinator/sessions/sessions.hpp"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <variant>

#include "coordinator/slots/exclusive_lease.hpp"
#include "support/rig.hpp"

namespace escrowstorm::coordinator {
namespace {

using namespace std::chrono_literals;
using test::RecordingObserver;

// Sessions over a fake fleet; escrows 1, 2, ... have their wallets already.
struct SessionsRig {
  explicit SessionsRig(InstanceId instances, SessionOptions options = {})
      : fleet(instances, clock), store(clock), pool(instances, clock, observer) {
    fleet.latency = {{"open_wallet", 1s}, {"close_wallet", 3ms}, {"get_attribute", 1ms}};
    for (EscrowId id = 1; id <= 10; ++id) {
      escrows.emplace(id, record_of(id));
      add_files(escrows.at(id));
    }
    client = std::make_shared<WalletClient>(fleet, clock, observer, 60s);
    carrier = std::make_shared<Carrier>(clock, executors, observer, store, client);
    const auto drain = [this](InstanceId instance) { drained.push_back(instance); };
    sessions.emplace(carrier, WalletOpener::Seams{pool, escrows, nullptr, drain}, options, true);
  }
  ~SessionsRig() {
    client->abandon();
    sessions.reset();
    carrier.reset();
  }

  static EscrowRecord record_of(EscrowId id) {
    EscrowRecord record;
    record.id = id;
    for (const Role role : all_roles)
      record.wallets[index_of(role)] =
          "escrow_" + std::to_string(id) + "_" + std::string(name_of(role));
    record.passwords = {"buyer's", "vendor's", "arbiter's"};
    return record;
  }

  void add_files(const EscrowRecord& record) {
    for (const Role role : all_roles) {
      const std::string& wallet = record.wallets[index_of(role)];
      fleet.files[wallet].attributes["escrowstorm.wallet"] = wallet;
      fleet.files[wallet].password = record.passwords[index_of(role)];
    }
  }

  // Enters, works for a while, leaves.
  static Awaitable<void> use(SessionsRig& rig, EscrowId id, RoleSet roles, Duration works) {
    if (!rig.sessions) co_return;
    Sessions::Entered entered = co_await rig.sessions->enter(id, roles);
    if (const auto* failure = std::get_if<std::string>(&entered)) {
      rig.failures.push_back(*failure);
      co_return;
    }
    rig.entered.push_back(id);
    rig.entered_at.push_back(rig.clock.now());
    ++rig.in_use[id];
    rig.most_in_use = std::max(rig.most_in_use, rig.in_use[id]);
    co_await rig.carrier->sleep(id, works);
    --rig.in_use[id];
    rig.sessions->leave(id);
  }

  void begin(EscrowId id, RoleSet roles = RoleSet::all(), Duration works = 10ms) {
    boost::asio::co_spawn(loop, use(*this, id, roles, works), rethrow);
  }
  void run() { clock.run(loop); }
  void run_until(TimePoint t) {
    boost::asio::co_spawn(loop, clock.sleep_until(t), rethrow);
    while (clock.now() < t && clock.step(loop)) {
    }
  }

  std::size_t calls(std::string_view method) const {
    return static_cast<std::size_t>(
        std::count_if(fleet.calls.begin(), fleet.calls.end(),
                      [&](const auto& call) { return call.method == method; }));
  }
  std::size_t leased() const {
    return observer.count(EventKind::lease, "granted") -
           observer.count(EventKind::lease, "released");
  }

  boost::asio::io_context loop;
  test::ManualClock clock;
  RecordingObserver observer;
  SingleExecutor executors{loop.get_executor()};
  test::FakeFleet fleet;
  test::FakeStore store;
  ExclusiveLease pool;
  LivingEscrows escrows;
  std::shared_ptr<WalletClient> client;
  std::shared_ptr<Carrier> carrier;
  std::optional<Sessions> sessions;
  std::vector<InstanceId> drained;
  std::vector<EscrowId> entered;
  std::vector<TimePoint> entered_at;
  std::vector<std::string> failures;
  std::map<EscrowId, int> in_use;
  int most_in_use = 0;
};

RoleSet buyer() { return RoleSet::only(Role::buyer); }

SessionOptions with(SessionPolicy policy) {
  SessionOptions options;
  options.policy = policy;
  return options;
}

TEST(Sessions, TenRequestsAtOnceGiveOneSession) {
  SessionsRig rig(9);
  for (int request = 0; request < 10; ++request) rig.begin(1);
  rig.run_until(TimePoint(1min));
  EXPECT_EQ(rig.entered.size(), 10u);
  EXPECT_EQ(rig.most_in_use, 1);
  EXPECT_EQ(rig.calls("open_wallet"), 3u);
  EXPECT_EQ(rig.observer.count(EventKind::lease, "granted"), 3u);
}

TEST(Sessions, FiveEscrowsDoNotBlockEachOther) {
  SessionsRig rig(15);
  for (EscrowId id = 1; id <= 5; ++id) rig.begin(id, RoleSet::all(), 1h);
  rig.run_until(TimePoint(10s));
  ASSERT_EQ(rig.entered.size(), 5u);
  EXPECT_LT(rig.entered_at.back(), TimePoint(2s));
}

TEST(Sessions, WhatIsOpenIsUsedAgain) {
  SessionsRig rig(3);
  rig.begin(1);
  rig.run_until(TimePoint(10s));
  rig.begin(1, buyer());
  rig.run_until(TimePoint(20s));
  EXPECT_EQ(rig.entered.size(), 2u);
  EXPECT_EQ(rig.calls("open_wallet"), 3u);
}

TEST(Sessions, WhatIsMissingIsAdded) {
  SessionsRig rig(3);
  rig.begin(1, buyer());
  rig.run_until(TimePoint(10s));
  EXPECT_EQ(rig.calls("open_wallet"), 1u);
  rig.begin(1);
  rig.run_until(TimePoint(20s));
  EXPECT_EQ(rig.calls("open_wallet"), 3u);
  EXPECT_EQ(rig.leased(), 3u);
}

// Two that hold one instance each and want three of three: neither may wait with its part.
TEST(Sessions, NobodyWaitsForTheRestWithAPart) {
  SessionsRig rig(3);
  rig.begin(1, buyer());
  rig.begin(2, buyer());
  rig.run_until(TimePoint(10s));
  rig.begin(1);
  rig.begin(2);
  rig.run_until(TimePoint(1min));
  EXPECT_EQ(rig.entered.size(), 4u);
}

TEST(Sessions, TheLongestUnusedMakesRoom) {
  SessionsRig rig(6);
  rig.begin(1);
  rig.run_until(TimePoint(10s));
  rig.begin(2);
  rig.run_until(TimePoint(20s));
  rig.begin(1);  // now 2 is the older one
  rig.run_until(TimePoint(30s));
  rig.begin(3);
  rig.run_until(TimePoint(40s));
  EXPECT_EQ(rig.entered, (std::vector<EscrowId>{1, 2, 1, 3}));
  EXPECT_TRUE(rig.sessions->open_roles(2).empty());
  EXPECT_EQ(rig.sessions->open_roles(1), RoleSet::all());
  EXPECT_EQ(rig.calls("close_wallet"), 3u);
}

TEST(Sessions, NotMoreThanMayBe) {
  SessionOptions options;
  options.sessions_max = 2;
  SessionsRig rig(15, options);
  for (EscrowId id = 1; id <= 4; ++id) {
    rig.begin(id);
    rig.run_until(rig.clock.now() + 10s);
  }
  EXPECT_EQ(rig.leased(), 6u);
  EXPECT_TRUE(rig.sessions->open_roles(1).empty());
  EXPECT_TRUE(rig.sessions->open_roles(2).empty());
}

TEST(Sessions, OneInUseIsNeverTakenAway) {
  SessionsRig rig(3);
  rig.begin(1, RoleSet::all(), 1min);
  rig.begin(2);
  rig.run_until(TimePoint(59s));
  EXPECT_EQ(rig.entered, (std::vector<EscrowId>{1}));
  EXPECT_EQ(rig.calls("close_wallet"), 0u);
  rig.run_until(TimePoint(2min));
  EXPECT_EQ(rig.entered, (std::vector<EscrowId>{1, 2}));
}

TEST(Sessions, TimeEndsWhatIsNotUsed) {
  SessionsRig rig(3);
  rig.begin(1);
  rig.run_until(TimePoint(4min));
  EXPECT_EQ(rig.leased(), 3u);
  rig.run();
  EXPECT_EQ(rig.leased(), 0u);
  EXPECT_LT(rig.clock.now(), TimePoint(6min));
  EXPECT_EQ(rig.calls("close_wallet"), 3u);
}

TEST(Sessions, OpenPerStepClosesAfterEachUse) {
  SessionsRig rig(3, with(SessionPolicy::open_per_step));
  rig.begin(1);
  rig.run_until(TimePoint(10s));
  EXPECT_EQ(rig.leased(), 0u);
  rig.begin(1);
  rig.run_until(TimePoint(20s));
  EXPECT_EQ(rig.calls("open_wallet"), 6u);
  EXPECT_EQ(rig.calls("close_wallet"), 6u);
}

TEST(Sessions, AnInstanceThatIsDeadIsDrainedAndAnotherUsed) {
  SessionsRig rig(3);
  int refused = 0;
  rig.fleet.on_call =
      [&](InstanceId instance,
          const walletrpc::Request& request) -> std::optional<test::FakeFleet::Fault> {
    if (instance != 0 || !holds_alternative<walletrpc::OpenWallet>(request)) return std::nullopt;
    ++refused;
    test::FakeFleet::Fault fault;
    fault.error.kind = CallError::Kind::refused;
    return fault;
  };
  rig.begin(1, buyer());
  rig.run_until(TimePoint(1min));
  EXPECT_EQ(rig.entered.size(), 1u);
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(rig.drained, std::vector<InstanceId>{0});
  EXPECT_EQ(rig.leased(), 1u);
}

TEST(Sessions, AForeignWalletIsNotWorkedIn) {
  SessionsRig rig(3);
  rig.fleet.files["escrow_1_buyer"].attributes["escrowstorm.wallet"] = "escrow_2_buyer";
  rig.begin(1, buyer());
  rig.run_until(TimePoint(5min));
  EXPECT_TRUE(rig.entered.empty());
  ASSERT_EQ(rig.failures.size(), 1u);
  EXPECT_EQ(rig.failures.front(), "buyer: expected wallet escrow_1_buyer, met escrow_2_buyer");
  EXPECT_EQ(rig.leased(), 0u);
}

TEST(Sessions, AWalletOfAnotherPasswordIsNotOpened) {
  SessionsRig rig(3);
  rig.fleet.files["escrow_1_vendor"].password = "another";
  rig.begin(1);
  rig.run_until(TimePoint(5min));
  EXPECT_TRUE(rig.entered.empty());
  ASSERT_EQ(rig.failures.size(), 1u);
  EXPECT_EQ(rig.failures.front(), "vendor: open_wallet on instance 1: -1 Failed to open wallet");
  EXPECT_EQ(rig.leased(), 0u);
}

TEST(Sessions, RestEndsWhatIsIdle) {
  SessionsRig rig(6);
  rig.begin(1);
  rig.begin(2);
  rig.run_until(TimePoint(10s));
  bool rested = false;
  const auto rest = [](SessionsRig& of, bool& done) -> Awaitable<void> {
    co_await of.sessions->end_idle();
    done = true;
  };
  boost::asio::co_spawn(rig.loop, rest(rig, rested), rethrow);
  rig.run_until(TimePoint(20s));
  EXPECT_TRUE(rested);
  EXPECT_EQ(rig.leased(), 0u);
}

TEST(Sessions, AnInstanceThatWasRestartedIsFoundOut) {
  SessionsRig rig(3);
  rig.begin(1);
  rig.run_until(TimePoint(10s));
  rig.fleet.open[1].clear();
  rig.begin(1);
  rig.run_until(TimePoint(20s));
  EXPECT_EQ(rig.entered.size(), 2u);
  EXPECT_EQ(rig.calls("open_wallet"), 6u);
}

// The founding notes' race: each that comes while another opens, opens too.
TEST(Sessions, WithLastWinsTheOthersAreLeaked) {
  SessionsRig rig(9, with(SessionPolicy::last_wins));
  for (int request = 0; request < 3; ++request) rig.begin(1);
  rig.run_until(TimePoint(10s));
  EXPECT_EQ(rig.calls("open_wallet"), 9u);
  bool rested = false;
  const auto rest = [](SessionsRig& of, bool& done) -> Awaitable<void> {
    co_await of.sessions->end_idle();
    done = true;
  };
  boost::asio::co_spawn(rig.loop, rest(rig, rested), rethrow);
  rig.run();
  EXPECT_TRUE(rested);
  EXPECT_EQ(rig.leased(), 6u);
}

TEST(Sessions, DroppedInTheMiddleNothingHappensAnyMore) {
  for (int steps = 1; steps < 60; ++steps) {
    auto rig = std::make_unique<SessionsRig>(3);
    rig->begin(1);
    rig->begin(1);
    rig->begin(2);
    for (int step = 0; step < steps; ++step) rig->clock.step(rig->loop);
    rig->client->abandon();
    rig->sessions.reset();
    rig->carrier.reset();
    const std::size_t entered = rig->entered.size();
    rig->run();
    EXPECT_EQ(rig->entered.size(), entered);
  }
}

}  // namespace
}  // namespace escrowstorm::coordinator
