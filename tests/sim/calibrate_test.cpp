// Measuring as such, in virtual time: a mock with a known profile is measured, and the profile that
// comes out is the one that went in.
#include <variant>

#include "sim/calibrate/mock_counterpart.hpp"
#include "sim/calibrate/profile_text.hpp"
#include "sim/calibrate/side_by_side.hpp"
#include "tests/sim/calibration_rig.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using mockrpc::LatencyProfile;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Key;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

// One in four wallets takes long to make, one in twenty very long.
constexpr const char* lumpy_profile = R"({"unit": "ms", "methods": {"set_attribute": {"p50": 1},
  "create_wallet": {"min": 10, "p50": 10, "p90": 100, "p99": 1000, "max": 1000, "samples": [
    10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 100, 100, 100, 100, 1000]}}})";

class Calibrating : public CalibrationRig {
 protected:
  Calibration& calibrate(std::uint64_t rounds, bool with_money) {
    make_calibration(world_->transport(), rounds, with_money ? miner_.get() : nullptr);
    world_->run(play(), nullptr);
    return *calibration_;
  }

  static LatencyProfile profile_of(const LatencySamples& samples) {
    auto read = LatencyProfile::parse(profile_text(samples, "a test"), "written", "0.18.5.1");
    if (const auto* wrong = std::get_if<std::string>(&read)) ADD_FAILURE() << *wrong;
    return std::get<LatencyProfile>(std::move(read));
  }
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

TEST_F(Calibrating, AllInstancesAreMeasuredOneCallAtATime) {
  OneAtATime ledger;
  ledger_ = &ledger;
  make_world(fixed_profile, 4);
  EXPECT_THAT(calibrate(4, false).open_on(), IsEmpty());
  ASSERT_FALSE(failure_) << why();
  EXPECT_THAT(ledger.made, ElementsAre(Pair(0, 3), Pair(1, 3), Pair(2, 3), Pair(3, 3)));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

// Wallets take so long to make, and to refresh by themselves, that it would be in every other call.
TEST_F(Calibrating, WhatAnInstanceDoesByItselfIsNotInTheProfile) {
  const std::string slow_create = replaced(fixed_profile, R"("create_wallet": {"p50": 10})",
                                           R"("create_wallet": {"p50": 9000})");
  make_world(replaced(slow_create, R"("refresh": {"p50": 1.1})", R"("refresh": {"p50": 4000})"), 3);
  const LatencySamples& measured = calibrate(3, false).samples();
  ASSERT_FALSE(failure_) << why();
  EXPECT_THAT(measured.at("set_attribute"), Each(Duration(300us)));
  EXPECT_THAT(measured.at("get_attribute"), Each(Duration(200us)));
  EXPECT_THAT(measured.at("refresh"), Each(Duration(4s)));
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
