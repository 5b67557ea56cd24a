// The coordinator dies at every moment there is and starts again: whoever asked for an escrow gets
// it, and what was published stays the address for ever.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <set>

#include "base/rethrow.hpp"
#include "sim/faults/coordinator_host.hpp"
#include "tests/coordinator/support/rig.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using coordinator::EscrowRecord;
using coordinator::Phase;

// Begins nothing at once, as the schedulers of the virtual world do.
struct PostingExecutor {
  boost::asio::io_context* loop;

  boost::asio::execution_context& query(boost::asio::execution::context_t) const { return *loop; }
  static constexpr boost::asio::execution::blocking_t query(boost::asio::execution::blocking_t) {
    return boost::asio::execution::blocking.never;
  }
  template <class Handler>
  void execute(Handler&& handler) const {
    boost::asio::post(*loop, std::forward<Handler>(handler));
  }
  friend bool operator==(const PostingExecutor&, const PostingExecutor&) = default;
};

class Chosen final : public Executors {
 public:
  Chosen(boost::asio::io_context& loop, bool posting) {
    if (posting)
      executor_ = PostingExecutor{&loop};
    else
      executor_ = loop.get_executor();
  }
  Executor for_escrow(std::uint64_t) override { return executor_; }
  Executor for_instance(std::uint32_t) override { return executor_; }

 private:
  Executor executor_;
};

struct HostRig {
  explicit HostRig(InstanceId instances = 3, bool posting = false)
      : executors(loop, posting),
        fleet(instances, clock),
        store(clock),
        caller(fleet, clock, observer, 60s),
        host(std::make_unique<CoordinatorHost>(fleet, clock, executors, observer, store, entropy,
                                               caller, coordinator::CoordinatorOptions())) {
    // Every call takes its time, so that there is a moment before each answer.
    fleet.latency = {{"create_wallet", 1s},
                     {"make_multisig", 200ms},
                     {"prepare_multisig", 1ms},
                     {"exchange_multisig_keys", 100ms},
                     {"set_attribute", 1ms},
                     {"get_attribute", 1ms},
                     {"store", 2ms},
                     {"is_multisig", 1ms},
                     {"get_address", 1ms},
                     {"open_wallet", 300ms},
                     {"close_wallet", 3ms}};
  }

  static Awaitable<void> ask(HostRig& rig, EscrowId id) {
    coordinator::Terms terms;
    coordinator::SetupOutcome result = co_await rig.host->set_up(id, std::move(terms));
    rig.results.emplace_back(id, std::move(result));
  }
  void begin(EscrowId id) {
    boost::asio::co_spawn(executors.for_escrow(id), ask(*this, id), rethrow);
  }

  // So many steps, if there are as many.
  bool step(int steps) {
    for (int i = 0; i < steps; ++i) {
      if (!clock.step(loop)) return false;
    }
    return true;
  }
  void run() { clock.run(loop); }

  void crash(bool keep_commits) {
    host->crash();
    store.crash(keep_commits);
  }
  void start() { host->start(store.read_all()); }

  std::set<std::string> published(EscrowId id) const {
    std::set<std::string> addresses;
    for (const EscrowRecord& record : store.log) {
      if (record.id == id && !record.address.empty()) addresses.insert(record.address);
    }
    return addresses;
  }

  // Every one of the escrows ready, its one address the one of its three wallets.
  void expect_all_ready(std::size_t escrows) const {
    ASSERT_EQ(results.size(), escrows);
    for (const auto& [id, result] : results) {
      EXPECT_TRUE(result.ready) << id << ": " << result.failure;
      EXPECT_THAT(published(id), testing::ElementsAre(result.address));
      const EscrowRecord& last = store.records.at(id);
      EXPECT_EQ(last.phase, Phase::ready);
      for (const std::string& wallet : last.wallets)
        EXPECT_EQ(fleet.address_of(wallet), result.address);
    }
  }

  boost::asio::io_context loop{1};
  test::ManualClock clock;
  test::RecordingObserver observer;
  Chosen executors;
  test::FakeFleet fleet;
  test::FakeStore store;
  coordinator::SeededEntropy entropy{RandomStream(1)};
  std::vector<std::pair<EscrowId, coordinator::SetupOutcome>> results;
  coordinator::WalletClient caller;
  std::unique_ptr<CoordinatorHost> host;
};

// While it is down, nothing is sent, committed or told.
void stay_down(HostRig& rig, bool for_long) {
  const std::size_t events = rig.observer.events.size();
  const std::size_t calls = rig.fleet.calls.size();
  const std::size_t commits = rig.store.log.size();
  if (for_long) rig.run();
  EXPECT_EQ(rig.observer.events.size(), events);
  EXPECT_EQ(rig.fleet.calls.size(), calls);
  EXPECT_EQ(rig.store.log.size(), commits);
}

struct Weather {
  bool keep_commits;   // those under way become durable, or are lost
  bool down_for_long;  // until all that was under way has come back, or not at all
  bool posting;
};

std::vector<Weather> all_weathers() {
  std::vector<Weather> all;
  for (const bool keep_commits : {false, true}) {
    for (const bool down_for_long : {false, true}) {
      for (const bool posting : {false, true})
        all.push_back({keep_commits, down_for_long, posting});
    }
  }
  return all;
}

void crash_and_restart(HostRig& rig, const Weather& weather) {
  rig.crash(weather.keep_commits);
  stay_down(rig, weather.down_for_long);
  rig.start();
}

TEST(CoordinatorHost, SurvivesACrashAtEveryStepOfASetUp) {
  for (const Weather& weather : all_weathers()) {
    std::uint32_t attempts_max = 0;
    int steps = 0;
    for (bool under_way = true; under_way; ++steps) {
      HostRig rig(3, weather.posting);
      rig.begin(1);
      under_way = rig.step(steps);
      crash_and_restart(rig, weather);
      rig.run();
      rig.expect_all_ready(1);
      attempts_max = std::max(attempts_max, rig.store.records.at(1).attempt);
      if (testing::Test::HasFailure()) FAIL() << "crash at step " << steps;
    }
    EXPECT_GT(steps,
              2 * (36 + 11));  // each call and each commit: time passes, the coroutine goes on
    EXPECT_EQ(attempts_max, 2u);
  }
}

TEST(CoordinatorHost, SurvivesASecondCrashWhileItRecovers) {
  for (const Weather& weather : all_weathers()) {
    for (int first = 3; first < 300; first += 37) {
      for (int second = 0; second < 300; second += 11) {
        HostRig rig(3, weather.posting);
        rig.begin(1);
        rig.step(first);
        crash_and_restart(rig, weather);
        rig.step(second);
        crash_and_restart(rig, weather);
        rig.run();
        rig.expect_all_ready(1);
        if (testing::Test::HasFailure()) FAIL() << "crashes at " << first << ", then " << second;
      }
    }
  }
}

// More than there are instances for: some wait for their lease when it dies.
TEST(CoordinatorHost, SurvivesACrashInAStorm) {
  for (const Weather& weather : all_weathers()) {
    for (int crash = 0; crash < 1500; crash += 31) {
      HostRig rig(6, weather.posting);
      for (EscrowId id = 1; id <= 5; ++id) rig.begin(id);
      rig.step(crash);
      crash_and_restart(rig, weather);
      rig.run();
      rig.expect_all_ready(5);
      if (testing::Test::HasFailure()) FAIL() << "crash at step " << crash;
    }
  }
}

TEST(CoordinatorHost, KeepsRequestsThatComeWhileItIsDown) {
  HostRig rig;
  rig.crash(false);
  EXPECT_FALSE(rig.host->is_up());
  rig.begin(1);
  rig.begin(1);  // joins
  rig.run();
  EXPECT_TRUE(rig.fleet.calls.empty());
  rig.start();
  EXPECT_TRUE(rig.host->is_up());
  rig.begin(1);
  rig.run();
  rig.expect_all_ready(3);
  EXPECT_EQ(rig.observer.count(EventKind::escrow, "started"), 1u);
}

// The coordinator had ended the escrow and died before anybody heard of it.
TEST(CoordinatorHost, AsksAgainForWhatNobodyHeardOf) {
  HostRig rig;
  rig.begin(1);
  while (rig.observer.count(EventKind::escrow, "ready") == 0) ASSERT_TRUE(rig.step(1));
  ASSERT_TRUE(rig.results.empty());
  const std::size_t calls = rig.fleet.calls.size();
  rig.crash(false);
  rig.start();
  rig.run();
  rig.expect_all_ready(1);
  const auto drains = rig.observer.count(EventKind::rpc, "drain");
  EXPECT_EQ(rig.fleet.calls.size(), calls + drains);
}

TEST(CoordinatorHost, TellsOfItsDeathAndItsStart) {
  HostRig rig;
  rig.begin(1);
  rig.step(40);
  rig.crash(false);
  rig.run();
  const Event crashed = rig.observer.of(EventKind::escrow, "crashed").at(0);
  EXPECT_FALSE(crashed.ok);
  EXPECT_EQ(crashed.escrow, std::nullopt);
  EXPECT_EQ(rig.observer.events.back().phase, "crashed");
  rig.start();
  const Event restarted = rig.observer.of(EventKind::escrow, "restarted").at(0);
  EXPECT_TRUE(restarted.ok);
  EXPECT_EQ(restarted.at, rig.clock.now());
  rig.run();
  EXPECT_EQ(rig.observer.count(EventKind::escrow, "started"), 2u);
}

// The run ends, at any moment and up or down: no coroutine comes back to what is gone.
TEST(CoordinatorHost, GoesAtAnyMoment) {
  for (const bool posting : {false, true}) {
    for (int steps = 4; steps < 400; ++steps) {
      HostRig rig(3, posting);
      for (EscrowId id = 1; id <= 2; ++id) rig.begin(id);
      rig.step(steps);
      if (steps % 2 == 1) rig.crash(false);
      if (steps % 4 == 1) rig.step(3);
      rig.host.reset();
      rig.run();
    }
  }
}

}  // namespace
}  // namespace escrowstorm::sim
