// Measuring as such, in virtual time: a mock with a known profile is measured, and the profile that
// comes out is the one that went in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <variant>

#include "sim/calibrate/calibration.hpp"
#include "sim/calibrate/closing.hpp"
#include "sim/calibrate/mock_counterpart.hpp"
#include "sim/calibrate/profile_text.hpp"
#include "sim/calibrate/side_by_side.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/run/run_files.hpp"
#include "sim/world/mock_bank.hpp"
#include "sim/world/mock_fleet.hpp"
#include "sim/world/worlds.hpp"
#include "tests/support/stranger.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using mockrpc::LatencyProfile;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Key;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

// All that the coordinator calls, with its own time each.
constexpr const char* fixed_profile = R"({"unit": "ms", "methods": {
  "create_wallet": {"p50": 10}, "set_attribute": {"p50": 0.3}, "store": {"p50": 0.4},
  "get_attribute": {"p50": 0.2}, "prepare_multisig": {"p50": 0.5}, "make_multisig": {"p50": 2},
  "exchange_multisig_keys#1": {"p50": 3}, "exchange_multisig_keys#2": {"p50": 4},
  "is_multisig": {"p50": 0.6}, "get_address": {"p50": 0.7}, "close_wallet": {"p50": 0.8},
  "open_wallet": {"p50": 9}, "refresh": {"p50": 1.1}, "get_balance": {"p50": 0.9},
  "export_multisig_info": {"p50": 1.2}, "import_multisig_info": {"p50": 1.3},
  "refresh#funded": {"p50": 2.1}, "export_multisig_info#funded": {"p50": 2.2},
  "import_multisig_info#funded": {"p50": 2.3}, "transfer": {"p50": 5.5},
  "describe_transfer": {"p50": 1.4}, "sign_multisig": {"p50": 3.5}, "submit_multisig": {"p50": 4.5},
  "get_transfer_by_txid": {"p50": 1.6}}})";

// One in four wallets takes long to make, one in twenty very long.
constexpr const char* lumpy_profile = R"({"unit": "ms", "methods": {"set_attribute": {"p50": 1},
  "create_wallet": {"min": 10, "p50": 10, "p90": 100, "p99": 1000, "max": 1000, "samples": [
    10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 100, 100, 100, 100, 1000]}}})";

// A mock of so many instances in virtual time, with a profile of the test's.
class Calibrating : public testing::Test {
 public:
  Awaitable<void> play() { failure_ = co_await calibration_->play(); }
  Awaitable<void> mine_and_play(std::uint64_t blocks) {
    const auto mined = co_await miner_->mine(test::stranger, blocks);
    EXPECT_TRUE(mined);
    co_await play();
  }
  Awaitable<void> play_and_close(Transport& transport) {
    co_await play();
    const OpenWalletLabels open_on = calibration_->open_on();
    for (const auto& [instance, label] : open_on) {
      const auto why = co_await close_ours(transport, world_->clock(), instance, label);
      EXPECT_FALSE(why) << *why;
    }
  }

 protected:
  void make_world(const std::string& profile, std::uint32_t instances) {
    const auto file = scratch_.path() / "in.json";
    ASSERT_EQ(write_text(file, profile), std::nullopt);
    Scenario scenario;
    scenario.fleet.instances = instances;
    scenario.fleet.latency = file.string();
    WorldOptions options;
    options.ledger = ledger_;
    world_ = make_virtual_world(scenario, Random(7), options);
    miner_ = std::make_unique<ChainMiner>(*world_->chain(), network_of(scenario.fleet));
  }

  Calibration& calibrate(std::uint64_t rounds, bool with_money) {
    CalibrationOptions options;
    options.rounds = rounds;
    options.wallet_prefix = "calibrated";
    options.miner = with_money ? miner_.get() : nullptr;
    calibration_ =
        std::make_unique<Calibration>(world_->transport(), world_->clock(), std::move(options));
    world_->run(play(), nullptr);
    return *calibration_;
  }

  std::string why() const { return failure_ ? failure_->what : "it went well"; }

  static LatencyProfile profile_of(const LatencySamples& samples) {
    auto read = LatencyProfile::parse(profile_text(samples, "a test"), "written", "0.18.5.1");
    if (const auto* wrong = std::get_if<std::string>(&read)) ADD_FAILURE() << *wrong;
    return std::get<LatencyProfile>(std::move(read));
  }

  ScratchDir scratch_;
  mockrpc::Ledger* ledger_ = nullptr;
  std::unique_ptr<World> world_;
  std::unique_ptr<ChainMiner> miner_;
  std::unique_ptr<Calibration> calibration_;
  Calibration::Failure failure_;
};

TEST_F(Calibrating, TheProfileThatGoesInComesOut) {
  make_world(fixed_profile, 3);
  const LatencySamples& measured = calibrate(2, true).samples();
  ASSERT_FALSE(failure_) << why();
  const LatencyProfile came_out = profile_of(measured);
  const auto went_in =
      std::get<LatencyProfile>(LatencyProfile::parse(fixed_profile, "the test", "0.18.5.1"));
  EXPECT_EQ(measured.size(), went_in.methods().size());
  for (const auto& [method, distribution] : went_in.methods()) {
    const auto found = came_out.methods().find(method);
    ASSERT_NE(found, came_out.methods().end()) << method;
    for (const std::uint32_t ppm : {0u, 500'000u, 900'000u, 990'000u, 1'000'000u})
      EXPECT_EQ(found->second.quantile(ppm), distribution.quantile(ppm)) << method << " " << ppm;
  }
}

TEST_F(Calibrating, EachEscrowGivesThreeSamplesOfMostMethods) {
  make_world(fixed_profile, 3);
  const LatencySamples& measured = calibrate(2, true).samples();
  ASSERT_FALSE(failure_) << why();
  for (const char* method : {"create_wallet", "make_multisig", "exchange_multisig_keys#1",
                             "exchange_multisig_keys#2", "open_wallet", "refresh", "refresh#funded",
                             "import_multisig_info#funded", "transfer", "sign_multisig"})
    EXPECT_THAT(measured.at(method), SizeIs(6)) << method;
  EXPECT_THAT(measured.at("submit_multisig"), SizeIs(2));
}

TEST_F(Calibrating, WithoutMoneyTheFundedOnesAreTakenOver) {
  make_world(fixed_profile, 3);
  const LatencySamples& measured = calibrate(1, false).samples();
  ASSERT_FALSE(failure_) << why();
  EXPECT_THAT(measured, Contains(Key("open_wallet")));
  EXPECT_THAT(measured, Not(Contains(Key(HasSubstr("#funded")))));
  const LatencyProfile profile = profile_of(measured);
  const auto base = std::get<LatencyProfile>(LatencyProfile::load("measured", "0.18.5.1"));
  for (const char* method : {"refresh#funded", "transfer", "submit_multisig"})
    EXPECT_EQ(profile.methods().at(method).quantile(500'000),
              base.methods().at(method).quantile(500'000));
  EXPECT_EQ(profile.methods().at("refresh").quantile(500'000), 1100us);
  EXPECT_EQ(profile.methods().at("refresh").computing_permille(),
            base.methods().at("refresh").computing_permille());
}

// Of 600 draws, five standard deviations to either side: 0.75 and 0.05 of them.
TEST_F(Calibrating, TheShapeIsKept) {
  make_world(lumpy_profile, 3);
  const auto& made = calibrate(200, false).samples().at("create_wallet");
  ASSERT_THAT(made, SizeIs(600));
  const auto in =
      std::get<LatencyProfile>(LatencyProfile::parse(lumpy_profile, "the test", "0.18.5.1"));
  const auto out = profile_of(calibration_->samples());
  const auto& before = in.methods().at("create_wallet");
  const auto& after = out.methods().at("create_wallet");
  // How often at most so long, to the thousandth.
  const auto share = [](const mockrpc::LatencyDistribution& distribution, Duration at_most) {
    std::uint32_t ppm = 0;
    while (ppm < 1'000'000 && distribution.quantile(ppm) <= at_most) ppm += 1000;
    return static_cast<int>(ppm / 1000);
  };
  for (const Duration at_most : {Duration(10ms), Duration(50ms), Duration(100ms), Duration(500ms)})
    EXPECT_NEAR(share(after, at_most), share(before, at_most), 100) << to_ms(at_most);
  EXPECT_EQ(after.quantile(500'000), 10ms);
  EXPECT_EQ(after.quantile(1'000'000), 1s);
}

// One call at a time: none begins before the one before it is over.
class OneAtATime final : public mockrpc::Ledger {
 public:
  void executed(const mockrpc::LedgerEntry& entry) override {
    EXPECT_GE(entry.at, over_) << method_of(*entry.request);
    over_ = entry.at + entry.cost.total();
    if (holds_alternative<walletrpc::CreateWallet>(*entry.request)) ++made[entry.instance];
  }
  void dropped(TimePoint, std::uint32_t, std::optional<CallFor>,
               const walletrpc::Request&) override {}
  void killed(TimePoint, std::uint32_t, std::string_view) override {}

  std::map<std::uint32_t, int> made;  // wallets, by instance

 private:
  TimePoint over_;
};

TEST_F(Calibrating, AllInstancesAreMeasuredOneCallAtATime) {
  OneAtATime ledger;
  ledger_ = &ledger;
  make_world(fixed_profile, 4);
  EXPECT_THAT(calibrate(4, false).open_on(), IsEmpty());
  ASSERT_FALSE(failure_) << why();
  EXPECT_THAT(ledger.made, ElementsAre(Pair(0, 3), Pair(1, 3), Pair(2, 3), Pair(3, 3)));
}

// Somebody else who creates a wallet on instance 1 as soon as it is asked for `method`.
class Intruder final : public Transport {
 public:
  Intruder(Transport& fleet, std::string_view method) : fleet_(fleet), method_(method) {}

  InstanceId instances() const override { return fleet_.instances(); }
  Awaitable<CallResult<walletrpc::Answer>> call(InstanceId instance, walletrpc::Request request,
                                                std::optional<CallFor> whom,
                                                TimePoint deadline) override {
    if (instance == 1 && !came_ && method_of(request) == method_) {
      came_ = true;
      walletrpc::CreateWallet somebodys;
      somebodys.filename = "somebodys";
      somebodys.language = "English";
      walletrpc::Request create = std::move(somebodys);
      const auto created = co_await fleet_.call(1, std::move(create), std::nullopt, deadline);
      EXPECT_TRUE(created);
    }
    co_return co_await fleet_.call(instance, std::move(request), whom, deadline);
  }

 private:
  Transport& fleet_;
  std::string_view method_;
  bool came_ = false;
};

// Which wallet is in the slot of each instance.
class Slots final : public mockrpc::Ledger {
 public:
  void executed(const mockrpc::LedgerEntry& entry) override {
    if (const auto* create = get_if<walletrpc::CreateWallet>(entry.request))
      in[entry.instance] = create->filename;
    if (const auto* open = get_if<walletrpc::OpenWallet>(entry.request))
      in[entry.instance] = open->filename;
    if (holds_alternative<walletrpc::CloseWallet>(*entry.request)) in.erase(entry.instance);
  }
  void dropped(TimePoint, std::uint32_t, std::optional<CallFor>,
               const walletrpc::Request&) override {}
  void killed(TimePoint, std::uint32_t, std::string_view) override {}

  std::map<std::uint32_t, std::string> in;
};

class Disturbed : public Calibrating {
 protected:
  void disturb(std::string_view method) {
    Intruder transport(world_->transport(), method);
    CalibrationOptions options;
    options.rounds = 1;
    options.wallet_prefix = "calibrated";
    calibration_ = std::make_unique<Calibration>(transport, world_->clock(), std::move(options));
    world_->run(play_and_close(transport), nullptr);
  }
};

class DisturbedAt : public Disturbed, public testing::WithParamInterface<const char*> {};

TEST_P(DisturbedAt, ItGivesUpAndLeavesAnothersWalletOpen) {
  Slots slots;
  ledger_ = &slots;
  make_world(fixed_profile, 3);
  disturb(GetParam());
  EXPECT_TRUE(failure_);
  EXPECT_THAT(slots.in, ElementsAre(Pair(1, "somebodys")));
}

TEST_F(Disturbed, ASlotThatIsTakenIsLeftAlone) {
  OneAtATime ledger;
  ledger_ = &ledger;
  make_world(fixed_profile, 3);
  disturb("get_address");
  EXPECT_THAT(why(), HasSubstr("has a wallet open that is not of this calibration"));
  EXPECT_EQ(failure_->instance, 1u);
  EXPECT_THAT(ledger.made, ElementsAre(Pair(1, 1)));  // somebody's
}

TEST_F(Disturbed, ACallThatFailsIsNoSample) {
  make_world(fixed_profile, 3);
  disturb("exchange_multisig_keys");
  EXPECT_THAT(why(), HasSubstr("vendor: exchange_multisig_keys"));
  EXPECT_THAT(calibration_->samples().at("exchange_multisig_keys#1"), SizeIs(1));
}

INSTANTIATE_TEST_SUITE_P(Calls, DisturbedAt,
                         testing::Values("get_attribute", "make_multisig", "exchange_multisig_keys",
                                         "export_multisig_info"));

TEST_F(Calibrating, ItsOwnWalletsAreClosedAfterAFailure) {
  Slots slots;
  ledger_ = &slots;
  make_world(fixed_profile, 3);
  world_->fleet()->set_daemon_up(false);
  CalibrationOptions options;
  options.wallet_prefix = "calibrated";
  calibration_ =
      std::make_unique<Calibration>(world_->transport(), world_->clock(), std::move(options));
  world_->run(play_and_close(world_->transport()), nullptr);
  EXPECT_EQ(
      why(),
      "refresh: -38 no connection to daemon; start it with a --daemon-address that it reaches");
  EXPECT_THAT(slots.in, IsEmpty());
}

// The wallets' chain is a shorter or a longer one, as that of mainnet is.
TEST_F(Calibrating, AMinerOfAnotherChainIsFoundOut) {
  for (const std::uint64_t blocks : {1, 1000}) {
    Slots slots;
    ledger_ = &slots;
    make_world(fixed_profile, 3);
    const std::unique_ptr<World> elsewhere = std::move(world_);
    const std::unique_ptr<ChainMiner> of_elsewhere = std::move(miner_);
    make_world(fixed_profile, 3);
    CalibrationOptions options;
    options.wallet_prefix = "calibrated";
    options.miner = of_elsewhere.get();
    calibration_ =
        std::make_unique<Calibration>(world_->transport(), world_->clock(), std::move(options));
    world_->run(mine_and_play(blocks), nullptr);
    EXPECT_THAT(why(), AllOf(HasSubstr("where --daemon has 110; give the monerod of this wallet"),
                             HasSubstr("sees " + std::to_string(blocks + 1) + " blocks")));
    EXPECT_THAT(slots.in, IsEmpty());
  }
}

TEST_F(Calibrating, TheMockTakesAsLongAsTheFleet) {
  make_world(fixed_profile, 3);
  const LatencySamples measured = calibrate(2, true).samples();
  const LatencyProfile profile = profile_of(measured);
  MockCounterpart mock;
  mock.profile = scratch_.path() / "out.json";
  ASSERT_EQ(write_text(mock.profile, profile_text(measured, "a test")), std::nullopt);
  mock.rounds = 2;
  mock.with_money = true;
  const CounterpartOutcome played = play_on_mock(mock);
  ASSERT_EQ(played.failure, std::nullopt);
  const SideBySide both = side_by_side(measured, played.samples, profile);
  EXPECT_THAT(both.methods, SizeIs(24));
  for (const MethodSideBySide& method : both.methods) {
    EXPECT_EQ(method.mock.p50, method.fleet.p50) << method.method;
    EXPECT_EQ(method.mock.p99, method.fleet.p99) << method.method;
  }
  EXPECT_THAT(both.taken_over, IsEmpty());
}

TEST(LatencyPercentiles, AreSamplesByNearestRank) {
  std::vector<Duration> samples;
  for (int i = 100; i >= 1; --i) samples.push_back(Duration(i));
  const LatencyPercentiles hundred = percentiles_of(samples);
  EXPECT_EQ(hundred.min, Duration(1));
  EXPECT_EQ(hundred.p50, Duration(50));
  EXPECT_EQ(hundred.p90, Duration(90));
  EXPECT_EQ(hundred.p99, Duration(99));
  EXPECT_EQ(hundred.max, Duration(100));
  const LatencyPercentiles three = percentiles_of({Duration(3), Duration(1), Duration(2)});
  EXPECT_EQ(three.p50, Duration(2));
  EXPECT_EQ(three.p90, Duration(3));
  const LatencyPercentiles one = percentiles_of({Duration(5)});
  EXPECT_EQ(one.p50, Duration(5));
  EXPECT_EQ(one.p99, Duration(5));
}

}  // namespace
}  // namespace escrowstorm::sim
