#include "sim/report/policy_matrix_text.hpp"

#include <nlohmann/json.hpp>
#include <vector>

#include "sim/report/columns.hpp"
#include "sim/report/trial_text.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

std::uint64_t runs_that_broke(const Trial& trial, const std::string& name) {
  const auto at = trial.broken.find(name);
  return at == trial.broken.end() ? 0 : at->second;
}

// "7 of 100", "-".
std::string broken_cell(const Trial& trial, const std::string& name) {
  const std::uint64_t runs = runs_that_broke(trial, name);
  if (trial.rate.runs == 0) return "?";
  return runs == 0 ? "-" : std::to_string(runs) + " of " + std::to_string(trial.rate.runs);
}

std::string label_of(const PolicyRow& row) {
  return row.key.empty() ? "as it is" : row.key + " = " + row.value;
}

}  // namespace

std::string policy_table(const PolicyMatrix& matrix) {
  const std::vector<std::string> broken = matrix.broken();
  std::vector<std::vector<std::string>> rows{{"", "set-up", "storm"}};
  rows.front().insert(rows.front().end(), broken.begin(), broken.end());
  for (const PolicyRow& row : matrix.rows) {
    rows.push_back({label_of(row), time_cell(row.trial.setup), time_cell(row.trial.makespan)});
    for (const std::string& name : broken) rows.back().push_back(broken_cell(row.trial, name));
  }
  std::vector<Align> aligned(rows.front().size(), Align::right);
  aligned.front() = Align::left;
  const FailureRate none{matrix.rows.front().trial.rate.runs, 0};
  return columns(rows, aligned) + (broken.empty() ? "nothing broke in any; " : "-: ") +
         rate_text(none) + (matrix.cut_short ? "; there was no time for more\n" : "\n");
}

nlohmann::ordered_json to_json(const PolicyMatrix& matrix) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const PolicyRow& row : matrix.rows) {
    nlohmann::ordered_json json;
    json["policy"] = label_of(row);
    json["broken"] = nlohmann::ordered_json::object();
    for (const auto& [name, runs] : row.trial.broken) json["broken"][name] = runs;
    json.update(trial_json(row.trial));
    rows.push_back(std::move(json));
  }
  return rows;
}

}  // namespace escrowstorm::sim
