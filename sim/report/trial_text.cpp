#include "sim/report/trial_text.hpp"

#include <nlohmann/json.hpp>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {

std::string failed_with(const TrialFailure& failure) {
  return printable(failure.cause) + " at seed " + std::to_string(failure.seed);
}

std::string outcome_text(const Trial& trial) {
  if (trial.stopped_at_failure) return "fails: " + failed_with(*trial.failure);
  if (trial.failure) return "fails: " + rate_text(trial.rate) + "; " + failed_with(*trial.failure);
  return (trial.cut_short ? "not known: " : "holds: ") + rate_text(trial.rate);
}

std::string time_cell(Duration took) {
  return took == Duration::zero() ? std::string("-") : duration_text(took);
}

std::vector<std::string> time_row(std::string label, const Trial& trial) {
  return {std::move(label), time_cell(trial.setup), time_cell(trial.makespan), outcome_text(trial)};
}

nlohmann::ordered_json trial_json(const Trial& trial) {
  nlohmann::ordered_json json;
  json["runs"] = trial.rate.runs;
  json["failures"] = trial.rate.failures;
  if (!trial.stopped_at_failure) {
    json["failure_rate_at_most"] = trial.rate.at_most();
    json["failure_rate_at_least"] = trial.rate.at_least();
  }
  if (trial.failure) json["cause"] = printable(trial.failure->cause);
  if (trial.failure) json["seed"] = trial.failure->seed;
  json["setup_ms"] = to_ms(trial.setup);
  json["makespan_ms"] = to_ms(trial.makespan);
  return json;
}

}  // namespace escrowstorm::sim
