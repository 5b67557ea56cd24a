#include "sim/report/explain.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "sim/report/explain_keys.hpp"
#include "sim/report/wording.hpp"
#include "sim/scenario/quantities.hpp"
#include "sim/scenario/writer.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;
using namespace std::string_view_literals;

constexpr std::size_t label_width = 13;

// `lines` under a label that stands before the first of them.
std::string labelled(std::string_view label, const std::string& lines) {
  std::string out;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = lines.find('\n', begin);
    std::string start(out.empty() ? label : ""sv);
    start.resize(label_width, ' ');
    out += start + lines.substr(begin, end - begin) + "\n";
    begin = end + 1;
  }
  return out;
}

std::string fleet_text(const Scenario& scenario) {
  const FleetSection& fleet = scenario.fleet;
  if (scenario.world == "live") return "the wallet RPCs that --rpc names\n";
  const std::string count = counted(fleet.instances, "instance");
  if (scenario.world == "regtest")
    return count + " of monero-wallet-rpc at most, three for each escrow at once\n";
  return count + " of the mock as monero-wallet-rpc " + fleet.emulate + ", " + fleet.network +
         (fleet.offline ? ", offline" : "") + "\n" + "calls take what the profile " +
         printable(fleet.latency) + " says; what they compute shares " +
         counted(fleet.cores, "core") + "\n";
}

// "key value (default other)", a line each, of what differs.
std::string differences(const Json& section, const Json& usual) {
  std::string text;
  for (const auto& [key, value] : section.items()) {
    if (usual.contains(key) && usual[key] == value) continue;
    text += key + " " + value_text(value) +
            (usual.contains(key) ? " (default " + value_text(usual[key]) + ")" : "") + "\n";
  }
  return text;
}

std::string coordinator_text(const Json& scenario) {
  const std::string other =
      differences(scenario["coordinator"], scenario_json(Scenario())["coordinator"]);
  return other.empty() ? "as by default\n" : "as by default, but\n" + other;
}

std::string journey_text(const Json& journey, std::uint64_t weights) {
  constexpr std::array worded{"end"sv, "weight"sv};
  return journey["weight"].dump() + " in " + std::to_string(weights) + ": " +
         value_text(journey["end"]) + ", with " + other_keys(journey, worded) + "\n";
}

// When they are asked for.
std::string pace_text(const Scenario& scenario, const Json& arrivals) {
  constexpr std::array worded{"kind"sv};
  const std::string& kind = scenario.storm.arrivals.kind;
  const std::uint32_t at_once = scenario.escrows_at_once();
  const bool all = at_once == scenario.storm.escrows;
  const std::string keys = other_keys(arrivals, worded);
  const std::string with = keys.empty() ? "" : ", with " + keys;
  const bool thinks = scenario.storm.arrivals.think_time > Duration::zero();
  if (kind == "closed")
    return (all ? "all" : std::to_string(at_once)) + " at once" + (thinks ? with : "");
  const std::string limit =
      all ? "" : "; no more than " + std::to_string(at_once) + " at once, the others late";
  return "arriving " + kind + with + limit;
}

std::string load_text(const Scenario& scenario, const Json& storm) {
  constexpr std::array worded{"escrows"sv, "concurrency"sv, "journeys"sv, "arrivals"sv};
  std::string text = counted(scenario.storm.escrows, "escrow") + " in all, " +
                     pace_text(scenario, storm["arrivals"]) + "\n";
  const std::string rest = other_keys(storm, worded);
  if (!rest.empty()) text += "with " + rest + "\n";
  if (scenario.storm.journeys.empty()) return text + "each ends with its address\n";
  std::uint64_t weights = 0;
  for (const JourneySpec& journey : scenario.storm.journeys) weights += journey.weight;
  for (const Json& journey : storm["journeys"]) text += journey_text(journey, weights);
  return text;
}

std::string faults_text(const std::vector<FaultSpec>& faults) {
  std::string text;
  for (std::size_t i = 0; i < faults.size(); ++i)
    text += labelled(i == 0 ? "faults" : "", explain_fault(faults[i]));
  return text.empty() ? labelled("faults", "none\n") : text;
}

std::string calm_text(const CalmSection& calm) {
  return "from " + duration_key_text(calm.at) +
         " on no fault fires, and what is down is started; then, while escrows are unfinished, one "
         "ends at least every " +
         duration_key_text(calm.within) + "\n";
}

std::string must_hold_text(const Scenario& scenario) {
  std::string text = "every escrow ends\n";
  text += find_world(scenario.world)->has_mock_fleet
              ? "all invariants (docs/invariants.md)\n"
              : "the invariants that need no look into the wallets (docs/invariants.md)\n";
  for (const Threshold& threshold : scenario.thresholds)
    text += printable(threshold.text) +
            (threshold.aborts ? ", and the run ends early when it can't any more\n" : "\n");
  return text;
}

std::string expect_text(const ExpectSection& expect) {
  std::string text = "exit status " + std::to_string(expect.exit) + "\n";
  for (const Threshold& metric : expect.metrics) text += printable(metric.text) + "\n";
  for (const ExpectedError& error : expect.errors)
    text += "a call answers " + std::to_string(error.code) + " " + in_quotes(error.message) + "\n";
  for (const std::string& invariant : expect.invariants) text += invariant + " is violated\n";
  return text;
}

}  // namespace

std::string explain(const Scenario& scenario) {
  constexpr std::size_t about_bytes_max = 1000;
  const Json json = scenario_json(scenario);
  std::string out =
      scenario.name + " on " + scenario.world + ", seed " + std::to_string(scenario.seed) + "\n";
  if (!scenario.about.empty()) out += printable(scenario.about, about_bytes_max) + "\n";
  out += "\n" + labelled("world", std::string(find_world(scenario.world)->about) + "\n");
  if (scenario.world == "virtual")
    out += labelled("schedule", scenario.schedule +
                                    (scenario.schedule_choices
                                         ? ", for " + std::to_string(*scenario.schedule_choices) +
                                               " choices, then fifo"
                                         : "") +
                                    "\n");
  out += labelled("fleet", fleet_text(scenario));
  out += labelled("coordinator", coordinator_text(json));
  out += labelled("load", load_text(scenario, json["storm"]));
  out += labelled("chain", scenario.chain
                               ? "a block every " + duration_key_text(scenario.chain->block_every) +
                                     ", and a bank that pays\n"
                               : "no money\n");
  out += faults_text(scenario.faults);
  if (!scenario.faults.empty()) out += labelled("calm", calm_text(scenario.calm));
  out += labelled("must hold", must_hold_text(scenario));
  if (scenario.expect) out += labelled("expected", expect_text(*scenario.expect));
  return out;
}

}  // namespace escrowstorm::sim
