// The faults of a scenario, its calm and its schedule: what is taken, and every error with its
// place and words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <variant>

#include "sim/faults/table.hpp"
#include "sim/scenario/reader.hpp"
#include "tests/sim/noted_reader.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> errors_in(std::string_view text) {
  const auto read = read_noted(text);
  const auto* errors = std::get_if<std::vector<std::string>>(&read);
  return errors ? *errors : std::vector<std::string>();
}

// Of a scenario with `fault` as its only one.
std::vector<std::string> errors_of_fault(const std::string& fault) {
  return errors_in("{\"name\": \"a\", \"faults\": [\n" + fault + "]}");
}

Scenario scenario_in(std::string_view text) {
  auto read = read_noted(text);
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read))
    throw std::runtime_error(errors->front());
  return std::get<Scenario>(std::move(read));
}

FaultSpec fault_in(const std::string& fault) {
  return scenario_in("{\"name\": \"a\", \"faults\": [" + fault + "]}").faults.at(0);
}

TEST(ScenarioFaultReader, DefaultsAreAQuietWorld) {
  const Scenario s = scenario_in(R"({"name": "a"})");
  EXPECT_EQ(s.schedule, "fifo");
  EXPECT_FALSE(s.schedule_choices);
  EXPECT_EQ(s.coordinator.call_deadline, 60s);
  EXPECT_EQ(s.coordinator.setup_attempts, 5u);
  EXPECT_EQ(s.coordinator.publish_after, coordinator::PublishAfter::check);
  EXPECT_THAT(s.faults, IsEmpty());
  EXPECT_EQ(s.calm.at, 2min);
  EXPECT_EQ(s.calm.within, 10min);
  EXPECT_EQ(s.swarm, SwarmSection());
}

TEST(ScenarioFaultReader, TakesScheduleCalmAndCoordinator) {
  const Scenario s = scenario_in(R"({"name": "a", "schedule": "starve", "schedule_choices": 120,
    "coordinator": {"call_deadline": "1.5s", "publish_after": "make", "setup_attempts": 2},
    "calm": {"at": "30s", "within": "1h"}})");
  EXPECT_EQ(s.schedule, "starve");
  EXPECT_EQ(s.schedule_choices, 120u);
  EXPECT_EQ(s.coordinator.call_deadline, 1500ms);
  EXPECT_EQ(s.coordinator.setup_attempts, 2u);
  EXPECT_EQ(s.coordinator.publish_after, coordinator::PublishAfter::make);
  EXPECT_EQ(s.calm.at, 30s);
  EXPECT_EQ(s.calm.within, 1h);
}

TEST(ScenarioFaultReader, TakesEveryTrigger) {
  const FaultSpec spec = fault_in(R"({"fault": "slow_reply", "delay": "2s",
    "method": ["open_wallet", "store"], "role": "buyer", "escrow": [0, 7], "instance": 2, "nth": 3,
    "phase": ["make", "signed"],
    "every_nth": 5, "first": 9,
    "from": "1s", "until": "5s", "probability": "0.1%", "at_most": 4})");
  EXPECT_EQ(spec.fault, "slow_reply");
  EXPECT_EQ(spec.parameters.delay, 2s);
  const FaultTrigger& t = spec.trigger;
  EXPECT_THAT(t.methods, ElementsAre("open_wallet", "store"));
  EXPECT_THAT(t.roles, ElementsAre(Role::buyer));
  EXPECT_THAT(t.escrows, ElementsAre(0, 7));
  EXPECT_THAT(t.instances, ElementsAre(2));
  EXPECT_THAT(t.phases, ElementsAre(coordinator::Phase::make, coordinator::Phase::signed_));
  EXPECT_EQ(t.nth, 3u);
  EXPECT_EQ(t.every_nth, 5u);
  EXPECT_EQ(t.first, 9u);
  EXPECT_EQ(t.from, 1s);
  EXPECT_EQ(t.until, 5s);
  EXPECT_EQ(t.probability_ppm, 1'000u);
  EXPECT_EQ(t.at_most, 4u);
  EXPECT_TRUE(t.picks_calls());
}

TEST(ScenarioFaultReader, TakesTheParametersOfEachFault) {
  EXPECT_EQ(fault_in(R"({"fault": "lost_reply"})").parameters.then, LostBy::reset);
  EXPECT_EQ(fault_in(R"({"fault": "dropped_call", "then": "silence"})").parameters.then,
            LostBy::silence);
  const FaultSpec error = fault_in(R"({"fault": "rpc_error", "code": -13, "message": "no"})");
  EXPECT_EQ(error.parameters.code, -13);
  EXPECT_EQ(error.parameters.message, "no");

  EXPECT_EQ(fault_in(R"({"fault": "connection_reset"})").parameters.when, CrashWhen::after);
  EXPECT_EQ(fault_in(R"({"fault": "connection_reset", "when": "during"})").parameters.when,
            CrashWhen::during);
  EXPECT_EQ(fault_in(R"({"fault": "http_status", "status": 502})").parameters.status, 502u);
  const FaultSpec drops = fault_in(R"({"fault": "dribble", "bytes": 7, "pause": "2ms"})");
  EXPECT_EQ(drops.parameters.bytes, 7u);
  EXPECT_EQ(drops.parameters.pause, 2ms);
  EXPECT_EQ(fault_in(R"({"fault": "dribble"})").parameters.bytes, 1u);
  EXPECT_EQ(
      fault_in(R"({"fault": "bandwidth", "bytes_per_second": 800})").parameters.bytes_per_second,
      800u);
  const FaultSpec slow =
      fault_in(R"({"fault": "slow_reply", "delay": "1s", "spread": "uniform", "up_to": "2s"})");
  EXPECT_EQ(slow.parameters.spread, Spread::uniform);
  EXPECT_EQ(slow.parameters.up_to, 2s);

  const FaultSpec timed = fault_in(R"({"fault": "wallet_crash", "instance": 1, "every": "10s"})");
  EXPECT_FALSE(timed.trigger.picks_calls());
  EXPECT_EQ(timed.trigger.every, 10s);
  EXPECT_EQ(timed.parameters.restart_after, 2s);
  const FaultSpec crash =
      fault_in(R"({"fault": "coordinator_crash", "when": "after", "nth": 1, "delay": "5ms"})");
  EXPECT_EQ(crash.parameters.when, CrashWhen::after);
  EXPECT_EQ(crash.parameters.delay, 5ms);
  EXPECT_EQ(crash.parameters.restart_after, 1s);
  EXPECT_EQ(fault_in(R"({"fault": "slot_theft", "wallet": "w"})").parameters.wallet, "w");
}

TEST(ScenarioFaultReader, AClockJumpsAheadByATime) {
  EXPECT_EQ(fault_in(R"({"fault": "clock_jump", "by": "90s"})").parameters.lasts, 90s);
  EXPECT_THAT(errors_of_fault(R"({"fault": "clock_jump"})"),
              ElementsAre(HasSubstr("faults[0].by: missing")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "clock_jump", "by": "-90s"})"),
              ElementsAre(HasSubstr("faults[0].by: expected ")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "clock_jump", "by": "1s", "instance": 1})"),
              ElementsAre(HasSubstr("the coordinator has no instance")));
}

TEST(ScenarioFaultReader, APhaseIsOneOfAnEscrow) {
  const FaultSpec spec = fault_in(R"({"fault": "wallet_crash", "phase": "exchange_1"})");
  EXPECT_THAT(spec.trigger.phases, ElementsAre(coordinator::Phase::exchange_1));
  EXPECT_TRUE(spec.trigger.picks_calls());
  EXPECT_THAT(errors_of_fault(R"({"fault": "busy", "phase": ["make", "submited"]})"),
              ElementsAre("x.json:2:37: faults[0].phase[1]: no such phase of an escrow: "
                          "\"submited\", did you mean \"submitted\"?"));
  EXPECT_THAT(errors_of_fault(R"({"fault": "busy", "phase": 7})"),
              ElementsAre(HasSubstr("faults[0].phase: expected a phase's name")));
  EXPECT_THAT(
      errors_of_fault(R"({"fault": "database_error", "phase": "make"})"),
      ElementsAre(HasSubstr("faults[0].phase: picks calls; database_error acts on commits")));
}

TEST(ScenarioFaultReader, AKeyOfAnotherFaultNamesTheKeysOfThisOne) {
  EXPECT_THAT(errors_of_fault(R"({"fault": "lost_reply", "when": "after"})"),
              ElementsAre("x.json:2:25: faults[0].when: is no key of lost_reply, which has then; "
                          "and of its trigger method, role, escrow, instance, phase, nth, "
                          "every_nth, first, from, until, probability, at_most"));
  EXPECT_THAT(
      errors_of_fault(R"({"fault": "slow_reply", "delay": "1s", "every": "1s"})"),
      ElementsAre(HasSubstr("faults[0].every: is no key of slow_reply, which has delay, ")));
}

TEST(ScenarioFaultReader, ASpreadAndItsEndGoTogether) {
  EXPECT_THAT(errors_of_fault(R"({"fault": "slow_reply", "delay": "1s", "spread": "spike"})"),
              ElementsAre(HasSubstr("faults[0].up_to: missing")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "slow_reply", "delay": "1s", "up_to": "2s"})"),
              ElementsAre(HasSubstr("faults[0].up_to: is for a spread of uniform, lognormal or ")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "slow_reply", "delay": "1s", "spread": "uniform",
                                  "up_to": "1ms"})"),
              ElementsAre(HasSubstr("faults[0].up_to: expected at least \"delay\", 1s")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "slow_reply", "delay": "1ms", "spread": "lognormal",
                                  "up_to": "2s"})"),
              ElementsAre(HasSubstr("faults[0].up_to: expected no more than 1000 times")));
}

TEST(ScenarioFaultReader, NumbersOfCallFaultsHaveTheirLimits) {
  EXPECT_THAT(errors_of_fault(R"({"fault": "connection_reset", "when": "durin"})"),
              ElementsAre(HasSubstr("did you mean \"during\"?")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "http_status", "status": 502, "when": "during"})"),
              ElementsAre(HasSubstr("faults[0].when: no such moment: \"during\"")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "http_status", "status": 200})"),
              ElementsAre(HasSubstr("faults[0].status: expected at least 400")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "dribble", "bytes": 0, "pause": "0s"})"),
              ElementsAre(HasSubstr("faults[0].bytes: expected at least 1"),
                          HasSubstr("faults[0].pause: expected at least 1ms")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "bandwidth", "bytes_per_second": 99})"),
              ElementsAre(HasSubstr("faults[0].bytes_per_second: expected at least 100")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "busy", "status": 503})"),
              ElementsAre(HasSubstr("is no key of busy, which has none of its own")));
}

TEST(ScenarioFaultReader, MisspeltNamesAreGuessed) {
  EXPECT_THAT(errors_of_fault(R"({"fault": "wallet_crush"})"),
              ElementsAre("x.json:2:11: faults[0].fault: no such fault: \"wallet_crush\", did you "
                          "mean \"wallet_crash\"?"));
  EXPECT_THAT(errors_of_fault(R"({"fault": "lost_reply", "metod": "store"})"),
              ElementsAre("x.json:2:25: faults[0].metod: unknown key, did you mean \"method\"?"));
  EXPECT_THAT(errors_of_fault(R"({"fault": "lost_reply", "method": ["store", "open_walet"]})"),
              ElementsAre("x.json:2:45: faults[0].method[1]: no such method: \"open_walet\", did "
                          "you mean \"open_wallet\"?"));
  EXPECT_THAT(errors_of_fault(R"({"fault": "lost_reply", "role": "seler", "then": "rest"})"),
              ElementsAre(HasSubstr("faults[0].role: no such role: \"seler\", expected one of "
                                    "\"buyer\", \"vendor\", \"arbiter\""),
                          HasSubstr("faults[0].then: no such end of a lost call: \"rest\", did you "
                                    "mean \"reset\"?")));
  EXPECT_THAT(errors_in(R"({"name": "a", "schedule": "randon"})"),
              ElementsAre(HasSubstr("schedule: no such schedule: \"randon\", did you mean "
                                    "\"random\"?")));
}

TEST(ScenarioFaultReader, NumbersAreNoDurations) {
  EXPECT_THAT(errors_of_fault(R"({"fault": "slow_reply", "delay": 2})"),
              ElementsAre("x.json:2:34: faults[0].delay: expected a duration such as \"250ms\", "
                          "\"10s\", \"2m\" or \"1h\", found 2"));
  EXPECT_THAT(errors_in(R"({"name": "a", "calm": {"at": "2", "within": "0s"}})"),
              ElementsAre(HasSubstr("calm.at: expected a duration such as \"250ms\", \"10s\", "
                                    "\"2m\" or \"1h\", found \"2\""),
                          HasSubstr("calm.within: expected at least 1ms, found \"0s\"")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "lost_reply", "probability": 0.05})"),
              ElementsAre(HasSubstr("probability: expected a probability such as \"5%\" or "
                                    "\"0.1%\", from \"0.0001%\" to \"100%\", found a fraction")));
}

TEST(ScenarioFaultReader, AllThatIsWrongIsSaidAtOnce) {
  EXPECT_THAT(errors_in(R"({"name": "a", "faults": [
      {"fault": "rpc_error", "escrow": -1, "nth": 0},
      {"fault": 3}, {}, 7,
      {"fault": "slot_theft", "wallet": "../x", "instance": [0, 100000], "method": []},
      {"fault": "lost_reply", "from": "5s", "until": "5s"}]})"),
              ElementsAre(HasSubstr(":2:7: faults[0].code: missing"),
                          HasSubstr(":2:7: faults[0].message: missing"),
                          HasSubstr(":2:40: faults[0].escrow: expected a whole number from 0"),
                          HasSubstr(":2:51: faults[0].nth: expected at least 1"),
                          HasSubstr(":3:17: faults[1].fault: expected a string, found 3"),
                          HasSubstr(":3:21: faults[2].fault: missing"),
                          HasSubstr(":3:25: faults[3]: expected a section in braces, found 7"),
                          HasSubstr(":4:41: faults[4].wallet: expected the name of a wallet file"),
                          HasSubstr(":4:65: faults[4].instance[1]: expected a whole number from 0 "
                                    "to 99999, found 100000"),
                          HasSubstr(":4:84: faults[4].method: an empty list matches nothing"),
                          HasSubstr(":5:54: faults[5].until: expected later than \"from\", 5s")));
}

TEST(ScenarioFaultReader, WhatActsAtATimeIsToldFromWhatActsOnCalls) {
  EXPECT_THAT(errors_of_fault(R"({"fault": "wallet_crash", "every": "1s", "method": "store"})"),
              ElementsAre(HasSubstr("faults[0].every: is for what acts at a time")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "wallet_crash", "when": "after", "instance": 0})"),
              ElementsAre(HasSubstr("faults[0].when: is for what acts on a call")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "coordinator_crash", "instance": 0})"),
              ElementsAre(HasSubstr("faults[0].instance: picks calls, together with method")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "coordinator_crash", "instance": 0, "nth": 2})"),
              IsEmpty());
}

TEST(ScenarioFaultReader, WorldFaultsHaveTheirKeys) {
  EXPECT_EQ(fault_in(R"({"fault": "daemon_down"})").parameters.lasts, 30s);
  EXPECT_EQ(fault_in(R"({"fault": "daemon_lag", "blocks": 7, "lasts": "1s"})").parameters.blocks,
            7u);
  EXPECT_EQ(fault_in(R"({"fault": "reorganisation", "depth": 12})").parameters.depth, 12u);
  EXPECT_EQ(fault_in(R"({"fault": "missing_wallet_file", "file": "cache"})").parameters.file,
            mockrpc::WalletFile::cache);
  EXPECT_EQ(fault_in(R"({"fault": "database_error"})").parameters.message,
            "database or disk is full");
  EXPECT_THAT(errors_of_fault(R"({"fault": "daemon_down", "lasts": "0s"})"),
              ElementsAre(HasSubstr("faults[0].lasts: expected at least 1ms")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "reorganisation", "depth": 101})"),
              ElementsAre(HasSubstr("faults[0].depth: expected")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "daemon_lag", "blocks": 0})"),
              ElementsAre(HasSubstr("faults[0].blocks: expected at least 1")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "missing_wallet_file", "file": "kees"})"),
              ElementsAre(HasSubstr("no such file: \"kees\", did you mean \"keys\"?")));
}

TEST(ScenarioFaultReader, AFaultTakesOnlyWhatItCanActOn) {
  EXPECT_THAT(errors_of_fault(R"({"fault": "cache_pollution", "method": "store"})"),
              ElementsAre(HasSubstr("faults[0].method: is always close_wallet here")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "cache_pollution", "every": "5s"})"),
              ElementsAre(HasSubstr("faults[0].every: is for what acts at a time")));
  EXPECT_THAT(
      errors_of_fault(R"({"fault": "database_error", "role": "buyer", "nth": 2})"),
      ElementsAre(HasSubstr("faults[0].role: picks calls; database_error acts on commits")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "database_error", "every": "5s"})"),
              ElementsAre(HasSubstr("faults[0].every: is no key of database_error")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "daemon_down", "instance": 0})"),
              ElementsAre(HasSubstr("all instances have one daemon and one chain")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "file_locked", "instance": 0})"),
              ElementsAre(HasSubstr("a wallet file is in no instance")));
  EXPECT_THAT(errors_of_fault(R"({"fault": "file_locked", "instance": 0, "nth": 1})"), IsEmpty());
}

TEST(ScenarioFaultReader, EveryFaultOfTheTableCanBeWritten) {
  for (const FaultKind& kind : fault_kinds()) {
    std::string text = "{\"fault\": \"" + std::string(kind.name) + "\"";
    for (const std::string_view key : kind.required) {
      const std::string value = key == "delay" || key == "by" ? "\"1s\""
                                : key == "bytes_per_second"   ? "1000"
                                : key == "code"               ? "-1"
                                : key == "status"             ? "502"
                                                              : "\"x\"";
      text += ", \"" + std::string(key) + "\": " + value;
    }
    EXPECT_THAT(errors_of_fault(text + "}"), IsEmpty()) << kind.name;
    if (!kind.required.empty()) {
      EXPECT_THAT(errors_of_fault("{\"fault\": \"" + std::string(kind.name) + "\"}"),
                  SizeIs(kind.required.size()));
    }
  }
}

}  // namespace
}  // namespace escrowstorm::sim
