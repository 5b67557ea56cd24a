#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "sim/faults/table.hpp"
#include "sim/report/explain.hpp"
#include "sim/report/explain_keys.hpp"
#include "sim/report/wording.hpp"
#include "sim/scenario/quantities.hpp"
#include "sim/scenario/writer.hpp"

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;
using namespace std::string_view_literals;

// That when_text() and whom_text() put into words.
constexpr std::array worded{"fault"sv, "method"sv,    "role"sv,  "escrow"sv,      "instance"sv,
                            "nth"sv,   "from"sv,      "until"sv, "probability"sv, "at_most"sv,
                            "every"sv, "every_nth"sv, "first"sv, "phase"sv};

// "7", "open_wallet or store".
std::string any_of(const Json& values) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) text += i + 1 == values.size() ? " or " : ", ";
    text += value_text(values[i]);
  }
  return text;
}

std::string span_text(const FaultTrigger& trigger) {
  std::string text;
  if (trigger.from > Duration::zero()) text += ", from " + duration_key_text(trigger.from);
  if (trigger.until) text += ", until " + duration_key_text(*trigger.until);
  if (trigger.at_most) text += ", " + counted(*trigger.at_most, "time") + " at most";
  return text;
}

// "2nd", "13th".
std::string ordinal(std::uint64_t n) {
  const bool teens = n % 100 / 10 == 1;
  const auto ending = teens         ? "th"
                      : n % 10 == 1 ? "st"
                      : n % 10 == 2 ? "nd"
                      : n % 10 == 3 ? "rd"
                                    : "th";
  return std::to_string(n) + ending;
}

std::string calls_text(const FaultKind& kind, const FaultTrigger& trigger, const Json& json) {
  std::string text = kind.target == FaultTarget::commit ? "commits" : "calls";
  if (!kind.only_method.empty()) text += " of " + std::string(kind.only_method);
  if (json.contains("method")) text += " of " + any_of(json["method"]);
  if (json.contains("role")) text += " for the " + any_of(json["role"]);
  if (json.contains("escrow")) text += " of escrow " + any_of(json["escrow"]);
  if (json.contains("phase")) text += " in phase " + any_of(json["phase"]);
  if (json.contains("instance")) text += " at instance " + any_of(json["instance"]);
  if (trigger.nth) text += ", number " + std::to_string(*trigger.nth) + " of them only";
  if (trigger.every_nth) text += ", every " + ordinal(*trigger.every_nth) + " of them";
  if (trigger.first) text += ", the first " + std::to_string(*trigger.first) + " of them";
  if (trigger.probability_ppm)
    text += ", " + probability_text(*trigger.probability_ppm) + " of them";
  return text + span_text(trigger);
}

std::string at_a_time_text(const FaultKind& kind, const FaultTrigger& trigger, const Json& json) {
  std::string whom;
  if (kind.target == FaultTarget::instance)
    whom = json.contains("instance") ? " on instance " + any_of(json["instance"])
                                     : " on an instance that is drawn each time";
  if (!trigger.every) return "once, at " + duration_key_text(trigger.from) + whom;
  return "every " + duration_key_text(*trigger.every) + whom + span_text(trigger);
}

}  // namespace

// REQUIRES: a fault of the table, as the reader makes them.
std::string explain_fault(const FaultSpec& fault) {
  const FaultKind& kind = *find_fault_kind(fault.fault);
  Scenario scenario;
  scenario.faults.push_back(fault);
  const Json json = scenario_json(scenario)["faults"][0];
  const bool of_calls =
      !kind.acts_on_world() || !kind.only_method.empty() || fault.trigger.picks_calls();
  std::string text = fault.fault + ": " + std::string(kind.about) + "\n";
  const std::string rest = other_keys(json, worded);
  if (!rest.empty()) text += "with " + rest + "\n";
  text += of_calls ? "of " + calls_text(kind, fault.trigger, json)
                   : at_a_time_text(kind, fault.trigger, json);
  return text + "\n";
}

}  // namespace escrowstorm::sim
