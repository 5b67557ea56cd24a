// The keys about arrivals and how many escrows follow from them, right and wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "sim/process/scratch_dir.hpp"
#include "sim/scenario/arrival_times.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/scenario/writer.hpp"
#include "tests/sim/noted_reader.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

ScenarioOrErrors read(const std::string& storm, const std::filesystem::path& file = "x.json",
                      std::span<const Override> overrides = {}) {
  const std::string text = R"({"name": "a", "storm": {)" + storm + "}}";
  return overrides.empty() ? read_noted(text, file) : parse_scenario(text, file, overrides);
}

StormSection storm_of(const std::string& storm) {
  const auto scenario = read(storm);
  if (const auto* errors = std::get_if<std::vector<std::string>>(&scenario)) {
    ADD_FAILURE() << errors->front();
    return {};
  }
  return std::get<Scenario>(scenario).storm;
}

std::vector<std::string> errors_of(const std::string& storm) {
  const auto scenario = read(storm);
  const auto* errors = std::get_if<std::vector<std::string>>(&scenario);
  return errors ? *errors : std::vector<std::string>();
}

TEST(ScenarioArrivals, EscrowsFollowFromRateAndDuration) {
  const StormSection storm =
      storm_of(R"("arrivals": {"kind": "constant", "rate": "30/min"}, "duration": "10m")");
  EXPECT_EQ(storm.escrows, 300u);
  EXPECT_EQ(storm.arrivals.rate, (Rate{30, 1min}));
  EXPECT_EQ(storm_of(R"("arrivals": {"kind": "poisson", "rate": "5/s"}, "escrows": 7)").escrows,
            7u);
  EXPECT_EQ(storm_of(R"("arrivals": {"kind": "burst", "size": 10, "every": "1m"},
                        "duration": "1h")")
                .escrows,
            600u);
  EXPECT_EQ(storm_of(R"("arrivals": {"kind": "ramp", "from": "1/s", "to": "3/s", "over": "10s"},
                        "duration": "20s")")
                .escrows,
            50u);
}

TEST(ScenarioArrivals, AClosedStormIsTheDefault) {
  EXPECT_EQ(storm_of("").arrivals, ArrivalSpec());
  EXPECT_EQ(storm_of(R"("arrivals": {"think_time": "5s"})").arrivals.think_time, 5s);
}

TEST(ScenarioArrivals, WrongOnesSayWhatToDo) {
  const std::string constant = R"("arrivals": {"kind": "constant", "rate": "1/s"})";
  EXPECT_THAT(errors_of(constant),
              ElementsAre(HasSubstr("storm.arrivals: missing beside it: \"duration\" or")));
  EXPECT_THAT(errors_of(constant + R"(, "escrows": 3, "duration": "1m")"),
              ElementsAre(HasSubstr("storm.duration: give this or \"escrows\"")));
  EXPECT_THAT(errors_of(constant + R"(, "duration": "1000h")"),
              ElementsAre(HasSubstr("makes more than 1000000 escrows")));
  EXPECT_THAT(errors_of(R"("arrivals": {"kind": "burst", "size": 1, "every": "9000h"},
                           "escrows": 3)"),
              ElementsAre(HasSubstr("storm.escrows: the last would come after more than 10000h")));
  EXPECT_THAT(errors_of(R"("duration": "1m")"),
              ElementsAre(HasSubstr("\"closed\" arrivals have no rate")));
  EXPECT_THAT(errors_of(R"("arrivals": {"kind": "poison"})"),
              ElementsAre(HasSubstr("no such kind of arrivals: \"poison\", did you mean "
                                    "\"poisson\"?")));
  EXPECT_THAT(errors_of(R"("arrivals": {"kind": "poisson"}, "escrows": 1)"),
              ElementsAre(HasSubstr("storm.arrivals.rate: missing, expected a rate such as")));
  EXPECT_THAT(errors_of(R"("arrivals": {"kind": "constant", "rates": "1/s"}, "escrows": 1)"),
              ElementsAre(HasSubstr("rate: missing"), HasSubstr("did you mean \"rate\"?")));
}

TEST(ScenarioArrivals, ARateIsAWholeNumberInAUnit) {
  for (const char* rate : {"0/s", "5", "5/day", "5/ms", "1.5/s", "-1/s", "5/s ", "1000001/s", ""})
    EXPECT_THAT(errors_of(R"("escrows": 1, "arrivals": {"kind": "constant", "rate": ")" +
                          std::string(rate) + "\"}"),
                ElementsAre(HasSubstr("expected a rate such as \"5/s\"")))
        << rate;
}

TEST(ScenarioArrivals, TheCommandLineSaysHowMany) {
  const Override fewer{"--escrows 2", "storm.escrows", "2"};
  const auto scenario = read(R"("arrivals": {"kind": "constant", "rate": "1/s"}, "duration": "9s")",
                             "x.json", std::span(&fewer, 1));
  ASSERT_TRUE(std::holds_alternative<Scenario>(scenario));
  EXPECT_EQ(std::get<Scenario>(scenario).storm.escrows, 2u);
}

TEST(ScenarioArrivals, TimesAreReadFromAFileBesideTheScenario) {
  const ScratchDir scratch;
  std::ofstream(scratch.path() / "times.txt") << "# recorded\n0s\n\n250ms  # two\r\n250ms\n1h";
  const auto scenario =
      read(R"("arrivals": {"kind": "replayed", "file": "times.txt"})", scratch.path() / "x.json");
  ASSERT_TRUE(std::holds_alternative<Scenario>(scenario));
  const auto& read_once = std::get<Scenario>(scenario);
  EXPECT_THAT(read_once.storm.arrivals.times, ElementsAre(0s, 250ms, 250ms, 1h));
  EXPECT_EQ(read_once.storm.escrows, 4u);
  const auto again = read_noted(scenario_json(read_once).dump(), "/elsewhere/x.json");
  ASSERT_TRUE(std::holds_alternative<Scenario>(again));
  EXPECT_EQ(std::get<Scenario>(again), read_once);

  const auto too_many = read(R"("arrivals": {"kind": "replayed", "file": "times.txt"},
                                "escrows": 5)",
                             scratch.path() / "x.json");
  EXPECT_THAT(std::get<std::vector<std::string>>(too_many),
              ElementsAre(HasSubstr("storm.escrows: the file of times has only 4")));
}

std::string wrong_times(std::string_view text) {
  auto times = parse_arrival_times(text, "t.txt");
  const auto* wrong = std::get_if<std::string>(&times);
  return wrong ? *wrong : "";
}

TEST(ScenarioArrivals, ABadLineOfTimesIsOneErrorWithItsNumber) {
  EXPECT_THAT(wrong_times("0s\n\nsoon\nlater"), HasSubstr("t.txt:3: expected a duration such as"));
  EXPECT_EQ(wrong_times("2s\n1s"), "t.txt:2: is before the time above it: \"1s\"");
  EXPECT_EQ(wrong_times("# none\n"), "t.txt: has no time in it, expected one a line");
  EXPECT_THAT(errors_of(R"("arrivals": {"kind": "replayed", "file": "none.txt"})"),
              ElementsAre(HasSubstr("none.txt: cannot be read: No such file")));
}

TEST(ScenarioArrivals, TroubleMayComeAsLongAsEscrowsDo) {
  const auto calm_of = [](const std::string& duration) {
    const auto scenario =
        read(R"("arrivals": {"kind": "constant", "rate": "1/min"}, "duration": )" + duration);
    return std::get<Scenario>(scenario).calm.at;
  };
  EXPECT_EQ(calm_of(R"("10m")"), 10min);
  EXPECT_EQ(calm_of(R"("1m")"), 2min);
}

TEST(ScenarioArrivals, APipeOfTimesIsNotWaitedFor) {
  const ScratchDir scratch;
  const std::string pipe = (scratch.path() / "times").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const auto times = load_arrival_times(pipe);
  EXPECT_EQ(std::get<std::string>(times), pipe + ": is no regular file");
}

TEST(ScenarioJourneys, OneOfOneCallHasKeysOfItsOwn) {
  const StormSection storm = storm_of(R"("journeys": [{"end": "call", "method": "get_balance"}])");
  EXPECT_EQ(storm.journeys.at(0).method, "get_balance");
  EXPECT_FALSE(storm.pays());
  EXPECT_THAT(errors_of(R"("journeys": [{"end": "call", "method": "get_balence"}])"),
              ElementsAre(HasSubstr("storm.journeys[0].method: no such call of a journey: "
                                    "\"get_balence\", did you mean \"get_balance\"?")));
  EXPECT_THAT(errors_of(R"("journeys": [{"end": "call", "price": "1 XMR"}])"),
              ElementsAre(HasSubstr("storm.journeys[0].price: unknown key")));
  EXPECT_THAT(errors_of(R"("journeys": [{"method": "get_version"}])"),
              ElementsAre(HasSubstr("storm.journeys[0].method: unknown key")));
}

}  // namespace
}  // namespace escrowstorm::sim
