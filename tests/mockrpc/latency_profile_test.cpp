#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>
#include <variant>

#include "mockrpc/latency/computing_only.hpp"
#include "mockrpc/latency/profile.hpp"
#include "tests/support/mutation.hpp"

namespace escrowstorm::mockrpc {
namespace {

using nlohmann::json;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using testing::HasSubstr;

std::string profiles_dir() { return std::string(ESCROWSTORM_SOURCE_DIR) + "/mockrpc/profiles/"; }

std::string text_of(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

LatencyProfile loaded(std::string_view name, std::string_view version = "0.18.5.1") {
  auto profile = LatencyProfile::load(name, version);
  if (const auto* error = std::get_if<std::string>(&profile)) ADD_FAILURE() << *error;
  return std::get<LatencyProfile>(std::move(profile));
}

std::string error_of(std::string_view text) {
  const auto profile = LatencyProfile::parse(text, "p.json", "0.18.5.1");
  const auto* error = std::get_if<std::string>(&profile);
  return error ? *error : "(no error)";
}

// A profile of one method, whose entry is `entry`.
std::string one_method(std::string_view entry) {
  return R"({"unit": "ms", "methods": {"store": )" + std::string(entry) + "}}";
}

// Nearest rank.
Duration percentile(const std::vector<Duration>& sorted, int percent) {
  return sorted[(sorted.size() * static_cast<std::size_t>(percent) + 99) / 100 - 1];
}

void expect_percentiles(const LatencyProfile& profile, const std::string& method,
                        const json& figures) {
  RandomStream random(20'251'106);
  std::vector<Duration> drawn;
  for (int i = 0; i < 10'000; ++i) drawn.push_back(profile.draw(method, random).total());
  std::sort(drawn.begin(), drawn.end());
  for (const int percent : {50, 90, 99}) {
    const std::string key = "p" + std::to_string(percent);
    const double expected = figures.value(key, figures.at("p50").get<double>());
    EXPECT_NEAR(to_ms(percentile(drawn, percent)), expected, expected * 0.05)
        << method << " " << key;
  }
  EXPECT_GE(to_ms(drawn.front()), figures.value("min", 0.0) - 1e-6) << method;
  EXPECT_LE(to_ms(drawn.back()), figures.value("max", 3.6e6) + 1e-6) << method;
}

struct Shipped {
  const char* name;
  const char* version;
  const char* file;
};

class ShippedProfileTest : public testing::TestWithParam<Shipped> {};

TEST_P(ShippedProfileTest, TenThousandDrawsFindThePercentilesOfTheFile) {
  const LatencyProfile profile = loaded(GetParam().name, GetParam().version);
  const json file = json::parse(text_of(profiles_dir() + GetParam().file));
  ASSERT_GT(file.at("methods").size(), 0u);
  for (const auto& [method, figures] : file.at("methods").items())
    expect_percentiles(profile, method, figures);
}

TEST_P(ShippedProfileTest, ComputesAsMuchAsTheFileSays) {
  const LatencyProfile profile = loaded(GetParam().name, GetParam().version);
  const json file = json::parse(text_of(profiles_dir() + GetParam().file));
  RandomStream random(1);
  for (const auto& [method, figures] : file.at("methods").items()) {
    if (!figures.contains("cpu_p50")) continue;
    const double share =
        std::min(1.0, figures.at("cpu_p50").get<double>() / figures.at("p50").get<double>());
    const CallCost cost = profile.draw(method, random);
    EXPECT_NEAR(to_ms(cost.computing), to_ms(cost.total()) * share, to_ms(cost.total()) * 0.002)
        << method;
  }
}

// Between the percentiles it is as the samples are: what is far out is not more often drawn than it
// was measured.
TEST_P(ShippedProfileTest, TheMeanIsNearTheSamples) {
  const LatencyProfile profile = loaded(GetParam().name, GetParam().version);
  const json file = json::parse(text_of(profiles_dir() + GetParam().file));
  for (const auto& [method, figures] : file.at("methods").items()) {
    const auto samples = figures.value("samples", std::vector<double>());
    if (samples.empty()) continue;
    const double expected =
        std::accumulate(samples.begin(), samples.end(), 0.0) / double(samples.size());
    RandomStream random(11);
    Duration sum{};
    for (int i = 0; i < 10'000; ++i) sum += profile.draw(method, random).total();
    EXPECT_NEAR(to_ms(sum / 10'000), expected, expected * 0.2) << method;
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, ShippedProfileTest,
    testing::Values(Shipped{"measured", "0.18.0.0", "0.18.0.0-ssl-disabled.json"},
                    Shipped{"measured", "0.18.5.1", "0.18.5.1-ssl-disabled.json"},
                    Shipped{"measured-ssl", "0.18.0.0", "0.18.5.1-default-ssl.json"},
                    Shipped{"measured-ssl", "0.18.5.1", "0.18.5.1-default-ssl.json"},
                    Shipped{"reported", "0.18.0.0", "reported.json"},
                    Shipped{"reported", "0.18.5.1", "reported.json"}),
    [](const auto& shipped) {
      std::string name = std::string(shipped.param.name) + "_" + shipped.param.version;
      std::replace_if(
          name.begin(), name.end(), [](char c) { return !std::isalnum(c); }, '_');
      return name;
    });

TEST(LatencyProfile, NoneTakesNoTimeAndDrawsNothing) {
  RandomStream random(1), untouched(1);
  const CallCost cost = loaded("none").draw("create_wallet", random);
  EXPECT_EQ(cost.total(), Duration::zero());
  EXPECT_EQ(random.next(), untouched.next());
}

TEST(LatencyProfile, ReportedIsTheTableAndMeasuredWhereItIsSilent) {
  const LatencyProfile reported = loaded("reported");
  const LatencyProfile measured = loaded("measured");
  RandomStream random(1);
  EXPECT_EQ(reported.draw("open_wallet", random).total(), milliseconds(150));
  EXPECT_EQ(reported.draw("import_multisig_info#funded", random).total(), milliseconds(500));
  EXPECT_EQ(reported.draw("export_multisig_info", random).total(), milliseconds(70));
  EXPECT_EQ(reported.draw("get_balance", random).total(), milliseconds(100));
  EXPECT_EQ(reported.draw("close_wallet", random).total(), milliseconds(100));

  RandomStream a(5), b(5);
  EXPECT_EQ(reported.draw("create_wallet", a).total(), measured.draw("create_wallet", b).total());
  // The table has no processor time: the measured share.
  EXPECT_EQ(reported.methods().find("import_multisig_info#funded")->second.computing_permille(),
            measured.methods().find("import_multisig_info#funded")->second.computing_permille());
}

TEST(LatencyProfile, AMethodWithoutAnEntryCostsWhatTheCheapestCosts) {
  const LatencyProfile measured = loaded("measured");
  for (const std::string_view method : {"", "get_version", "zzz", "a"}) {
    RandomStream a(3), b(3);
    EXPECT_EQ(measured.draw(method, a).total(), measured.draw("set_attribute", b).total())
        << method;
  }
}

TEST(LatencyProfile, ARoundBeyondTheFileCostsWhatItsLastOneCosts) {
  const LatencyProfile measured = loaded("measured");
  RandomStream a(3), b(3), c(3), d(3);
  EXPECT_EQ(measured.draw("exchange_multisig_keys#3", a).total(),
            measured.draw("exchange_multisig_keys#2", b).total());
  EXPECT_EQ(measured.draw("store#funded", c).total(), measured.draw("store", d).total());
}

TEST(LatencyProfile, IsReadFromAFile) {
  const LatencyProfile by_path = loaded(profiles_dir() + "0.18.5.1-ssl-disabled.json");
  const LatencyProfile by_name = loaded("measured");
  RandomStream a(3), b(3);
  for (const auto& [method, distribution] : by_name.methods())
    EXPECT_EQ(by_path.draw(method, a).total(), by_name.draw(method, b).total()) << method;
}

TEST(LatencyProfile, DefaultsToTheNextSmallerFigure) {
  auto profile = LatencyProfile::parse(one_method(R"({"p50": 2, "p90": 3, "n": 7})"), "p", "v");
  ASSERT_TRUE(std::holds_alternative<LatencyProfile>(profile));
  const auto& store = std::get<LatencyProfile>(profile).methods().find("store")->second;
  EXPECT_EQ(store.quantile(0), milliseconds(2));
  EXPECT_EQ(store.quantile(990'000), milliseconds(3));
  EXPECT_EQ(store.quantile(1'000'000), milliseconds(3));
  EXPECT_EQ(store.computing_permille(), 1000u);
}

TEST(LatencyProfile, ComputingIsAtMostTheWholeCall) {
  auto profile = LatencyProfile::parse(one_method(R"({"p50": 2, "cpu_p50": 9})"), "p", "v");
  ASSERT_TRUE(std::holds_alternative<LatencyProfile>(profile));
  RandomStream random(1);
  EXPECT_EQ(std::get<LatencyProfile>(profile).draw("store", random).waiting, Duration::zero());
}

TEST(LatencyProfile, BadFilesGiveOneLineWithPlaceAndExpectation) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "p.json: is no JSON: parse error at line 1, column 1"},
      {"{\"unit\": \"ms\",\n oops}", "line 2, column"},
      {"[]", "p.json: expected an object with \"unit\" and \"methods\""},
      {R"({"methods": {}})", "unit: expected \"ms\""},
      {R"({"unit": "s", "methods": {}})", "unit: expected \"ms\""},
      {R"({"unit": "ms"})", "methods: expected an object with at least one method"},
      {R"({"unit": "ms", "methods": {}})", "methods: expected an object with at least one method"},
      {R"({"unit": "ms", "methodz": {}})", "methodz: unknown key, expected one of label, unit"},
      {R"({"unit": "ms", "based_on": "none", "methods": {}})", "based_on: expected \"measured\""},
      {R"({"unit": "ms", "based_on": 3, "methods": {}})", "based_on: expected \"measured\""},
      {one_method("3"), "methods.store: expected an object"},
      {one_method("{}"), "methods.store.p50: is missing"},
      {one_method(R"({"p50": "3"})"), "methods.store.p50: expected milliseconds"},
      {one_method(R"({"p50": -1})"), "methods.store.p50: expected milliseconds, 0 to 3600000"},
      {one_method(R"({"p50": 3600001})"), "methods.store.p50: expected milliseconds"},
      {one_method(R"({"p50": 1e999})"), "is no JSON"},
      {one_method(R"({"p50": 3, "p90": 2})"), "methods.store.p90: is less than p50"},
      {one_method(R"({"p50": 3, "min": 4})"), "methods.store.p50: is less than min"},
      {one_method(R"({"p50": 3, "max": 2})"), "methods.store.max: is less than p99"},
      {one_method(R"({"p50": 3, "p95": 4})"), "methods.store.p95: unknown key"},
      {one_method(R"({"p50": 3, "cpu_p50": null})"), "methods.store.cpu_p50: expected"},
      {one_method(R"({"p50": 3, "n": 0})"), "methods.store.n: expected a whole number"},
      {one_method(R"({"p50": 3, "n": 2.5})"), "methods.store.n: expected a whole number"},
      {one_method(R"({"p50": 3, "n": 2, "samples": [3]})"), "methods.store.n: is not the number"},
      {one_method(R"({"p50": 3, "samples": 3})"), "methods.store.samples: expected an array"},
      {one_method(R"({"p50": 3, "samples": [3, -1]})"), "methods.store.samples[1]: expected"},
  };
  for (const auto& [text, expected] : cases) {
    const std::string error = error_of(text);
    EXPECT_THAT(error, HasSubstr(expected)) << text;
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
    EXPECT_TRUE(error.starts_with("latency profile p.json: ")) << error;
  }
}

TEST(LatencyProfile, AMissingFileAnUnknownNameAndAnUnmeasuredVersionAreSaid) {
  const auto missing = LatencyProfile::load("/nowhere/p.json", "0.18.5.1");
  EXPECT_THAT(std::get<std::string>(missing), HasSubstr("/nowhere/p.json: cannot be read"));
  const auto folder = LatencyProfile::load(profiles_dir(), "0.18.5.1");
  EXPECT_THAT(std::get<std::string>(folder), HasSubstr("cannot be read"));
  const auto unknown = LatencyProfile::load("meassured", "0.18.5.1");
  EXPECT_THAT(std::get<std::string>(unknown),
              HasSubstr("'meassured': no such profile, expected none, measured, measured-ssl"));
  const auto version = LatencyProfile::load("measured", "0.17.0.0");
  EXPECT_THAT(std::get<std::string>(version), HasSubstr("not measured for version 0.17.0.0"));
}

// Mutated files are read or refused in one line, and what is read can be drawn from.
TEST(LatencyProfile, SurvivesMutatedFiles) {
  const std::string seeds[] = {
      R"({"label": "x", "unit": "ms", "based_on": "measured", "methods": {"store": {"p50": 2}}})",
      one_method(R"({"n": 3, "min": 1.5, "p50": 2, "p90": 3e1, "p99": 30, "max": 31, )"
                 R"("cpu_p50": 0.25, "samples": [1.5, 2, 31]})"),
      R"({"unit": "ms", "startup_ms": [1], "rss_kib": [2], "methods": {"a#1": {"p50": 0}, "b": {"p50": 1, "samples": [[[[1]]]]}}})"};
  const std::string_view tokens[] = {
      "\"", "{",     "}",    "[",       "]",    ",", ":", "-",
      "e9", "1e308", "null", "\\u0000", "\xff", "0", ".", "9999999999999999999"};
  test::Mutator mutator(seeds, tokens, 42);
  RandomStream random(42);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = mutator.next();
    const auto profile = LatencyProfile::parse(text, "p.json", "0.18.5.1");
    if (const auto* error = std::get_if<std::string>(&profile)) {
      ASSERT_EQ(error->find('\n'), std::string::npos) << text;
    } else {
      const Duration total = std::get<LatencyProfile>(profile).draw("store", random).total();
      ASSERT_GE(total, Duration::zero());
      ASSERT_LE(total, LatencyFigures::longest);
    }
  }
}

TEST(LatencyProfile, OfWhatComputesTheWaitingIsGone) {
  const LatencyProfile whole = loaded("measured");
  const LatencyProfile rest = computing_only(whole);
  ASSERT_EQ(rest.methods().size(), whole.methods().size());
  for (const auto& [method, distribution] : rest.methods()) {
    const LatencyDistribution& before = whole.methods().at(method);
    EXPECT_EQ(distribution.computing_permille(), 1000u) << method;
    for (const std::uint32_t ppm : {0u, 500'000u, 900'000u, 990'000u, 1'000'000u})
      EXPECT_EQ(distribution.quantile(ppm),
                before.quantile(ppm) * before.computing_permille() / 1000)
          << method << " " << ppm;
    const Duration at = before.quantile(250'000) * before.computing_permille() / 1000;
    EXPECT_NEAR(to_ms(distribution.quantile(250'000)), to_ms(at), 0.02 * to_ms(at) + 0.01)
        << method;
  }
  EXPECT_TRUE(computing_only(LatencyProfile()).methods().empty());
}

}  // namespace
}  // namespace escrowstorm::mockrpc
