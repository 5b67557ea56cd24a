// A scenario in words: nothing that takes effect is left out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <variant>

#include "sim/report/explain.hpp"
#include "sim/scenario/reader.hpp"

namespace escrowstorm::sim {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string explained(std::string_view text) {
  const auto read = parse_scenario(text, "x.json");
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read)) return errors->front();
  return explain(std::get<Scenario>(read));
}

TEST(Explain, SaysFleetLoadAndWhatMustHold) {
  const std::string text = explained(
      R"({"name": "a", "about": "What\u001b it shows.", "seed": 7, "fleet": {"instances": 12, "cores": 2},
          "storm": {"escrows": 10, "concurrency": 4}, "thresholds": ["setup_ms.p99 < 60s"],
          "expect": {"exit": 3, "errors": [{"code": -28, "message": "already"}]}})");
  EXPECT_THAT(text, HasSubstr("a on mock, seed 7\nWhat? it shows.\n"));
  EXPECT_THAT(text, HasSubstr("fleet        12 instances of the mock"));
  EXPECT_THAT(text, HasSubstr("2 cores"));
  EXPECT_THAT(text, HasSubstr("coordinator  as by default\n"));
  EXPECT_THAT(text, HasSubstr("load         10 escrows in all, 4 at once\n"));
  EXPECT_THAT(text, HasSubstr("each ends with its address"));
  EXPECT_THAT(text, HasSubstr("faults       none\n"));
  EXPECT_THAT(text, HasSubstr("             setup_ms.p99 < 60s\n"));
  EXPECT_THAT(text, HasSubstr("expected     exit status 3\n"));
  EXPECT_THAT(text, HasSubstr("a call answers -28 \"already\""));
}

TEST(Explain, WhichThresholdEndsTheRunAndWhatAreCallsOnly) {
  const std::string text = explained(
      R"({"name": "a", "storm": {"journeys": [{"end": "call"}]},
          "thresholds": [{"threshold": "escrows.failed < 1%", "abort": true}]})");
  EXPECT_THAT(text,
              HasSubstr("escrows.failed < 1%, and the run ends early when it can't any more"));
  EXPECT_THAT(text, HasSubstr("1 in 1: call, with method get_version\n"));
  EXPECT_THAT(text, HasSubstr("chain        no money"));
}

TEST(Explain, PresetsAreResolvedAndWhatDiffersIsSaid) {
  const std::string text = explained(
      R"({"name": "a", "coordinator": {"preset": "004-waits", "wait_after_make": "3s"}})");
  EXPECT_THAT(text, HasSubstr("slots shared_round_robin (default exclusive_lease)\n"));
  EXPECT_THAT(text, HasSubstr("wait_after_make 3s (default 0s)\n"));
  EXPECT_THAT(text, Not(HasSubstr("call_deadline")));
}

TEST(Explain, JourneysWithTheirShares) {
  const std::string text = explained(
      R"({"name": "a", "storm": {"journeys": [{"end": "refund", "weight": 3, "price": "2 XMR"},
                                              {"end": "set_up"}]}, "chain": {"block_every": "1m"}})");
  EXPECT_THAT(text, HasSubstr("3 in 4: refund, with price 2 XMR"));
  EXPECT_THAT(text, HasSubstr("1 in 4: set_up"));
  EXPECT_THAT(text, HasSubstr("a block every 1m"));
}

TEST(Explain, WhenEscrowsArrive) {
  EXPECT_THAT(explained(R"({"name": "a", "storm": {"escrows": 5, "concurrency": 2}})"),
              HasSubstr("5 escrows in all, 2 at once\n"));
  EXPECT_THAT(
      explained(R"({"name": "a", "storm": {"arrivals": {"kind": "poisson", "rate": "2/s"},
                            "escrows": 5, "concurrency": 2}})"),
      HasSubstr("5 escrows in all, arriving poisson, with rate 2/s; no more than 2 at once, "
                "the others late\n"));
}

TEST(Explain, FaultsAndWhenTheyFire) {
  const std::string text = explained(
      R"({"name": "a", "faults": [
          {"fault": "slow_reply", "delay": "2s", "method": ["store", "open_wallet"], "role": "buyer",
           "escrow": 3, "nth": 2, "from": "1s", "until": "5s", "at_most": 1},
          {"fault": "wallet_crash", "instance": [1, 2], "from": "10s", "restart_after": "4s"},
          {"fault": "coordinator_crash", "every": "7s", "at_most": 3},
          {"fault": "busy", "every_nth": 22},
          {"fault": "busy", "phase": ["make", "signed"], "role": "vendor", "instance": 3},
          {"fault": "clock_jump", "by": "90s", "from": "10s"},
          {"fault": "database_error", "first": 2},
          {"fault": "cache_pollution"},
          {"fault": "hang", "probability": "0.5%"}]})");
  EXPECT_THAT(text, HasSubstr("of calls, every 22nd of them\n"));
  EXPECT_THAT(text, HasSubstr("of calls for the vendor in phase make or signed at instance 3\n"));
  EXPECT_THAT(text, HasSubstr("with delay 0s, by 90s\n             once, at 10s\n"));
  EXPECT_THAT(text, HasSubstr("of commits, the first 2 of them\n"));
  EXPECT_THAT(text, HasSubstr("of calls of close_wallet\n"));
  EXPECT_THAT(text, HasSubstr("slow_reply: the answer leaves later"));
  EXPECT_THAT(text, HasSubstr("with delay 2s, spread fixed\n"));
  EXPECT_THAT(text,
              HasSubstr("of calls of store or open_wallet for the buyer of escrow 3, number 2 "
                        "of them only, from 1s, until 5s, 1 time at most"));
  EXPECT_THAT(text, HasSubstr("once, at 10s on instance 1 or 2"));
  EXPECT_THAT(text, HasSubstr("restart_after 4s"));
  EXPECT_THAT(text, HasSubstr("every 7s, 3 times at most"));
  EXPECT_THAT(text, HasSubstr("of calls, 0.5% of them"));
  EXPECT_THAT(text, HasSubstr("calm         from 2m"));
}

TEST(Explain, OtherWorldsHaveOtherFleets) {
  EXPECT_THAT(explained(R"({"name": "a", "world": "live"})"), HasSubstr("--rpc names"));
  const std::string regtest = explained(R"({"name": "a", "world": "regtest"})");
  EXPECT_THAT(regtest, HasSubstr("of monero-wallet-rpc at most"));
  EXPECT_THAT(regtest, Not(HasSubstr("cores")));
  EXPECT_THAT(explained(R"({"name": "a", "world": "virtual", "schedule": "random"})"),
              HasSubstr("schedule     random\n"));
}

}  // namespace
}  // namespace escrowstorm::sim
