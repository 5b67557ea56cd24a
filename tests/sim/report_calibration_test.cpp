#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/report/calibration_text.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;

LatencyPercentiles percentiles(Duration p50, Duration p90, Duration p99) {
  return {p50, p50, p90, p99, p99};
}

CalibrationReport report() {
  CalibrationReport report;
  report.fleet = "3 wallet RPCs of Monero 0.18.5.1";
  report.rounds = 3;
  report.mock_rounds = 100;
  report.profile = "mine.json";
  report.wallet_prefix = "escrowstorm00ff";
  report.both.methods = {{"create_wallet", 9, percentiles(1s, 2s, 3s), percentiles(1s, 2100ms, 3s)},
                         {"store", 120, percentiles(2ms, 4ms, 8ms), percentiles(2ms, 4ms, 4ms)}};
  report.both.taken_over = {"refresh#funded", "transfer"};
  return report;
}

TEST(CalibrationText, ShowsFleetAndMockSideBySide) {
  EXPECT_EQ(calibration_table(report()),
            R"(3 wallet RPCs of Monero 0.18.5.1, 3 escrows; the mock with this profile, 100 escrows

call           samples  fleet p50      p90      p99  mock p50      p90      p99  ratio p50   p90   p99
create_wallet        9     1.00 s  2.00 s*  3.00 s*    1.00 s   2.10 s   3.00 s       1.00  1.05  1.00
store              120    2.00 ms  4.00 ms  8.00 ms   2.00 ms  4.00 ms  4.00 ms       1.00  1.00  0.50
* of too few: p99 of less than 100, p90 of less than 10

computing  can't be seen from outside: shares are those of the profile measured
taken over from the profile measured, not measured for want of money (--daemon of a regtest):
           refresh#funded, transfer
wallets    of 3 escrows left behind, as the RPC can't delete; in the instances' wallet folder: rm escrowstorm00ff_*
profile    mine.json
)");
}

TEST(CalibrationText, SaysNothingOfWhatIsNotSo) {
  CalibrationReport whole = report();
  whole.with_money = true;
  whole.both.taken_over.clear();
  whole.both.methods.erase(whole.both.methods.begin());
  const std::string text = calibration_table(whole);
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("too few")));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("taken over")));
  EXPECT_THAT(text, testing::HasSubstr("3 escrows with money;"));
  EXPECT_EQ(wallets_line("x", 0), "");
}

TEST(CalibrationText, ManyMethodsAreWrapped) {
  CalibrationReport much = report();
  much.both.taken_over.assign(9, "a_method_of_some_length");
  const std::string text = calibration_table(much);
  const std::string methods = text.substr(text.find("           a_method"));
  EXPECT_EQ(methods.find('\n'), 11u + 3 * 23 + 3 * 2 - 1) << methods;
}

TEST(CalibrationText, IsTheSameForPrograms) {
  const auto json = to_json(report());
  EXPECT_EQ(json["profile"], "mine.json");
  EXPECT_EQ(json["methods"][0]["method"], "create_wallet");
  EXPECT_EQ(json["methods"][0]["samples"], 9);
  EXPECT_EQ(json["methods"][0]["fleet"]["p90"], 2000.0);
  EXPECT_EQ(json["methods"][1]["mock"]["p99"], 4.0);
  EXPECT_EQ(json["methods"][1]["ratio"]["p99"], 0.5);
  EXPECT_EQ(json["taken_over"][1], "transfer");
  EXPECT_EQ(json["wallet_prefix"], "escrowstorm00ff");
}

TEST(Ratio, OfTimesThatMayBeNone) {
  EXPECT_EQ(ratio_of(2ms, 1ms), 2);
  EXPECT_EQ(ratio_of(Duration(0), Duration(0)), 1);
  EXPECT_EQ(ratio_of(Duration(3), Duration(0)), 3);
}

}  // namespace
}  // namespace escrowstorm::sim
