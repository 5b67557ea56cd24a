#include "sim/report/ablation_text.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "sim/report/columns.hpp"
#include "sim/report/trial_text.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;

const char* removal_name(Removal verdict) {
  switch (verdict) {
    case Removal::safe:
      return "safe";
    case Removal::unsafe:
      return "unsafe";
    case Removal::useless:
      return "useless";
    case Removal::not_enough:
      return "not_enough";
    case Removal::unknown:
      return "unknown";
  }
  return "unknown";
}

// All but what makes the removal unsafe.
std::string removal_text(Removal verdict, const Trial& without, const Ablation& ablation) {
  const std::string rate = rate_text(without.rate);
  switch (verdict) {
    case Removal::safe:
      return "safe to remove: " + rate;
    case Removal::unsafe:
      return "unsafe to remove";
    case Removal::useless:
      return "useless: it fails with it as without it, " + failed_with(*ablation.as_is.failure);
    case Removal::not_enough:
      return "not enough: with it " + rate_text(ablation.as_is.rate) + ", without " + rate;
    case Removal::unknown:
      return "not known: there was no time for more than " + counted(without.rate.runs, "run") +
             " without it";
  }
  return "";
}

std::vector<std::string> verdict_row(const WaitFinding& finding, const Ablation& ablation) {
  std::string text = removal_text(finding.verdict, finding.without, ablation);
  if (finding.verdict == Removal::unsafe)
    text += ", needs at least " + duration_text(finding.holds) + ": " +
            duration_text(finding.fails) + " fails, " + failed_with(finding.failure);
  return {std::string(finding.wait->name), duration_text(finding.as_is), std::move(text)};
}

std::vector<std::string> verdict_row(const LockFinding& finding, const Ablation& ablation) {
  std::string text = removal_text(finding.verdict, finding.without, ablation);
  if (finding.verdict == Removal::unsafe) text += ": " + failed_with(*finding.without.failure);
  return {std::string(finding.lock->name), std::string(finding.as_is), std::move(text)};
}

// "30.67 s to 15.13 s"; nothing where no time is saved.
std::optional<std::string> saving(Duration before, Duration after) {
  if (after >= before || after == Duration::zero()) return std::nullopt;
  return duration_text(before - after) + " (" + duration_text(before) + " to " +
         duration_text(after) + ")";
}

// What can go saves so much; empty where nothing can.
std::string savings(const Ablation& ablation) {
  if (!ablation.with_least || !ablation.with_least->holds()) return "";
  const auto setup = saving(ablation.as_is.setup, ablation.with_least->setup);
  const auto storm = saving(ablation.as_is.makespan, ablation.with_least->makespan);
  if (!setup && !storm) return "";
  return "saves" + (setup ? " " + *setup + " of a set-up" : "") + (setup && storm ? "," : "") +
         (storm ? " " + *storm + " of the storm" : "") + "\n";
}

Json finding_json(const WaitFinding& finding) {
  Json json;
  json["wait"] = finding.wait->name;
  json["ms"] = to_ms(finding.as_is);
  json["verdict"] = removal_name(finding.verdict);
  json["without"] = trial_json(finding.without);
  if (finding.verdict == Removal::unsafe) {
    json["holds_ms"] = to_ms(finding.holds);
    json["fails_ms"] = to_ms(finding.fails);
    json["cause"] = printable(finding.failure.cause);
    json["seed"] = finding.failure.seed;
  }
  return json;
}

Json finding_json(const LockFinding& finding) {
  Json json;
  json["lock"] = finding.lock->name;
  json["value"] = finding.as_is;
  json["verdict"] = removal_name(finding.verdict);
  json["without"] = trial_json(finding.without);
  return json;
}

}  // namespace

std::string ablation_table(const Ablation& ablation) {
  std::vector<std::vector<std::string>> verdicts;
  std::vector<std::vector<std::string>> times{{"", "set-up", "storm", ""},
                                              time_row("as it is", ablation.as_is)};
  for (const WaitFinding& finding : ablation.waits) {
    verdicts.push_back(verdict_row(finding, ablation));
    times.push_back(time_row("without " + std::string(finding.wait->name), finding.without));
  }
  for (const LockFinding& finding : ablation.locks) {
    verdicts.push_back(verdict_row(finding, ablation));
    times.push_back(time_row(std::string(finding.lock->gone), finding.without));
  }
  if (ablation.with_none) times.push_back(time_row("without any of them", *ablation.with_none));
  if (ablation.with_least) times.push_back(time_row("the least that holds", *ablation.with_least));
  return columns(verdicts, {Align::left, Align::right, Align::left}) + "\n" +
         columns(times, {Align::left, Align::right, Align::right, Align::left}) + savings(ablation);
}

Json to_json(const Ablation& ablation) {
  Json json;
  json["as_is"] = trial_json(ablation.as_is);
  json["waits"] = Json::array();
  for (const WaitFinding& finding : ablation.waits) json["waits"].push_back(finding_json(finding));
  json["locks"] = Json::array();
  for (const LockFinding& finding : ablation.locks) json["locks"].push_back(finding_json(finding));
  if (ablation.with_none) json["with_none"] = trial_json(*ablation.with_none);
  if (ablation.with_least) json["with_least"] = trial_json(*ablation.with_least);
  json["cut_short"] = ablation.cut_short;
  return json;
}

}  // namespace escrowstorm::sim
