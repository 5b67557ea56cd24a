// Durations and probabilities of scenario files: exact both ways, and strict.
#include <gtest/gtest.h>

#include <optional>
#include <variant>

#include "base/random.hpp"
#include "sim/scenario/quantities.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;

std::optional<Duration> duration_in(std::string_view text) {
  const auto parsed = parse_duration(text);
  const auto* duration = std::get_if<Duration>(&parsed);
  return duration ? std::optional(*duration) : std::nullopt;
}

std::optional<std::uint32_t> ppm_in(std::string_view text) {
  const auto parsed = parse_probability(text);
  const auto* ppm = std::get_if<std::uint32_t>(&parsed);
  return ppm ? std::optional(*ppm) : std::nullopt;
}

TEST(ScenarioQuantities, TakesDurationsOfEveryUnit) {
  EXPECT_EQ(duration_in("3ns"), 3ns);
  EXPECT_EQ(duration_in("3us"), 3us);
  EXPECT_EQ(duration_in("250ms"), 250ms);
  EXPECT_EQ(duration_in("10s"), 10s);
  EXPECT_EQ(duration_in("1.5s"), 1500ms);
  EXPECT_EQ(duration_in("0.000000001s"), 1ns);
  EXPECT_EQ(duration_in("1.000000000000s"), 1s);
  EXPECT_EQ(duration_in("2m"), 2min);
  EXPECT_EQ(duration_in("2min"), 2min);
  EXPECT_EQ(duration_in("0.5h"), 30min);
  EXPECT_EQ(duration_in("10000h"), duration_max);
  EXPECT_EQ(duration_in("0ms"), 0ns);
}

TEST(ScenarioQuantities, RefusesWhatIsNoDuration) {
  for (const char* text : {"",
                           "10",
                           "s",
                           ".5s",
                           "1.s",
                           "1..5s",
                           "-1s",
                           "+1s",
                           "1e3s",
                           " 1s",
                           "1s ",
                           "1 s",
                           "1S",
                           "2d",
                           "0.5ns",
                           "1.0000000000001s",
                           "10001h",
                           "10000.1h",
                           "99999999999999999999s",
                           "0.0000000000000000000001s",
                           "1h30m"})
    EXPECT_FALSE(duration_in(text)) << text;
}

TEST(ScenarioQuantities, WritesDurationsAsTheyAreRead) {
  EXPECT_EQ(duration_key_text(0ns), "0s");
  EXPECT_EQ(duration_key_text(1500ms), "1500ms");
  EXPECT_EQ(duration_key_text(90s), "90s");
  EXPECT_EQ(duration_key_text(120s), "2m");
  EXPECT_EQ(duration_key_text(duration_max), "10000h");
  RandomStream random(1);
  for (int i = 0; i < 2'000; ++i) {
    const auto bound = random.below(static_cast<std::uint64_t>(duration_max.count())) + 1;
    const Duration d(static_cast<Duration::rep>(random.below(bound)));
    ASSERT_EQ(duration_in(duration_key_text(d)), d) << d.count();
  }
}

TEST(ScenarioQuantities, TakesProbabilitiesDownToOneInAMillion) {
  EXPECT_EQ(ppm_in("5%"), 50'000u);
  EXPECT_EQ(ppm_in("0.1%"), 1'000u);
  EXPECT_EQ(ppm_in("0.0001%"), 1u);
  EXPECT_EQ(ppm_in("100%"), 1'000'000u);
  for (const char* text : {"", "5", "%", "0%", "100.1%", "101%", "0.00001%", "5 %", "5%%", "-1%"})
    EXPECT_FALSE(ppm_in(text)) << text;
}

TEST(ScenarioQuantities, WritesProbabilitiesAsTheyAreRead) {
  EXPECT_EQ(probability_text(50'000), "5%");
  EXPECT_EQ(probability_text(1'000), "0.1%");
  RandomStream random(2);
  for (int i = 0; i < 2'000; ++i) {
    const auto ppm = static_cast<std::uint32_t>(random.below(ppm_whole)) + 1;
    ASSERT_EQ(ppm_in(probability_text(ppm)), ppm);
  }
}

}  // namespace
}  // namespace escrowstorm::sim
