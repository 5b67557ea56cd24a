#include "sim/report/ablation_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "sim/report/columns.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;

std::string failed_with(const TrialFailure& failure) {
  return printable(failure.cause) + " at seed " + std::to_string(failure.seed);
}

std::string outcome_text(const Trial& trial) {
  if (trial.stopped_at_failure) return "fails: " + failed_with(*trial.failure);
  if (trial.failure) return "fails: " + rate_text(trial.rate) + "; " + failed_with(*trial.failure);
  return (trial.cut_short ? "not known: " : "holds: ") + rate_text(trial.rate);
}

std::vector<std::string> time_row(std::string label, const Trial& trial) {
  const auto time = [](Duration took) {
    return took == Duration::zero() ? std::string("-") : duration_text(took);
  };
  return {std::move(label), time(trial.setup), time(trial.makespan), outcome_text(trial)};
}

double in_ms(Duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

Json trial_json(const Trial& trial) {
  Json json;
  json["runs"] = trial.rate.runs;
  json["failures"] = trial.rate.failures;
  if (!trial.stopped_at_failure) {
    json["failure_rate_at_most"] = trial.rate.at_most();
    json["failure_rate_at_least"] = trial.rate.at_least();
  }
  if (trial.failure) json["cause"] = printable(trial.failure->cause);
  if (trial.failure) json["seed"] = trial.failure->seed;
  json["setup_ms"] = in_ms(trial.setup);
  json["makespan_ms"] = in_ms(trial.makespan);
  return json;
}

const char* name_of(WaitVerdict verdict) {
  switch (verdict) {
    case WaitVerdict::safe:
      return "safe";
    case WaitVerdict::needed:
      return "needed";
    case WaitVerdict::useless:
      return "useless";
    case WaitVerdict::not_enough:
      return "not_enough";
    case WaitVerdict::unknown:
      return "unknown";
  }
  return "unknown";
}

Json finding_json(const WaitFinding& finding) {
  Json json;
  json["wait"] = finding.wait->name;
  json["ms"] = in_ms(finding.as_is);
  json["verdict"] = name_of(finding.verdict);
  json["without"] = trial_json(finding.without);
  if (finding.verdict == WaitVerdict::needed) {
    json["holds_ms"] = in_ms(finding.holds);
    json["fails_ms"] = in_ms(finding.fails);
    json["cause"] = printable(finding.failure.cause);
    json["seed"] = finding.failure.seed;
  }
  return json;
}

}  // namespace

std::string verdict_text(const WaitFinding& finding, const Ablation& ablation) {
  const std::string without = rate_text(finding.without.rate);
  switch (finding.verdict) {
    case WaitVerdict::safe:
      return "safe to remove: " + without;
    case WaitVerdict::needed:
      return "unsafe to remove, needs at least " + duration_text(finding.holds) + ": " +
             duration_text(finding.fails) + " fails, " + failed_with(finding.failure);
    case WaitVerdict::useless:
      return "useless: it fails with the wait as without it, " +
             failed_with(*ablation.as_is.failure);
    case WaitVerdict::not_enough:
      return "not enough: with it " + rate_text(ablation.as_is.rate) + ", without " + without;
    case WaitVerdict::unknown:
      return "not known: there was no time for more than " +
             counted(finding.without.rate.runs, "run") + " without it";
  }
  return "";
}

std::string ablation_table(const Ablation& ablation) {
  std::vector<std::vector<std::string>> verdicts;
  for (const WaitFinding& finding : ablation.waits)
    verdicts.push_back({std::string(finding.wait->name), duration_text(finding.as_is),
                        verdict_text(finding, ablation)});
  std::vector<std::vector<std::string>> times{{"", "set-up", "storm", ""},
                                              time_row("as it is", ablation.as_is)};
  for (const WaitFinding& finding : ablation.waits)
    times.push_back(time_row("without " + std::string(finding.wait->name), finding.without));
  if (ablation.with_none) times.push_back(time_row("without any wait", *ablation.with_none));
  if (ablation.with_least)
    times.push_back(time_row("the shortest that hold", *ablation.with_least));
  return columns(verdicts, {Align::left, Align::right, Align::left}) + "\n" +
         columns(times, {Align::left, Align::right, Align::right, Align::left});
}

Json to_json(const Ablation& ablation) {
  Json json;
  json["as_is"] = trial_json(ablation.as_is);
  json["waits"] = Json::array();
  for (const WaitFinding& finding : ablation.waits) json["waits"].push_back(finding_json(finding));
  if (ablation.with_none) json["with_none"] = trial_json(*ablation.with_none);
  if (ablation.with_least) json["with_least"] = trial_json(*ablation.with_least);
  json["cut_short"] = ablation.cut_short;
  return json;
}

}  // namespace escrowstorm::sim
