#include "sim/ablate/policy_matrix.hpp"

#include <algorithm>
#include <set>
#include <variant>

#include "coordinator/sessions/session_policy.hpp"
#include "coordinator/setup/waits.hpp"
#include "coordinator/slots/policies.hpp"
#include "sim/scenario/with_values.hpp"

namespace escrowstorm::sim {
namespace {

struct PolicyChoice {
  std::string key;
  std::vector<std::string> values;
};

template <class All>
std::vector<std::string> names_of(const All& all) {
  std::vector<std::string> names;
  for (const auto one : all) names.emplace_back(name_of(one));
  return names;
}

std::vector<std::string> slot_names() {
  std::vector<std::string> names;
  for (const coordinator::SlotPolicy& policy : coordinator::slot_policies())
    names.emplace_back(policy.name);
  return names;
}

// The fewest that there can be, half as many and twice as many.
std::vector<std::string> numbers_of_instances(std::uint32_t as_is) {
  constexpr std::uint32_t least{role_count};
  const std::set<std::uint32_t> numbers{least, std::max(as_is / 2, least), 2 * as_is};
  std::vector<std::string> texts;
  for (const std::uint32_t number : numbers) texts.push_back(std::to_string(number));
  return texts;
}

std::vector<PolicyChoice> policy_choices(const Scenario& scenario) {
  std::vector<PolicyChoice> choices{
      {"coordinator.slots", slot_names()},
      {"coordinator.creation_lock", names_of(coordinator::all_creation_locks)},
      {"coordinator.rounds", names_of(coordinator::all_rounds)}};
  if (scenario.needs_money())  // without it no wallet is opened again
    choices.push_back({"coordinator.sessions", names_of(coordinator::all_session_policies)});
  choices.push_back({"fleet.instances", numbers_of_instances(scenario.fleet.instances)});
  return choices;
}

}  // namespace

std::vector<std::string> PolicyMatrix::broken() const {
  std::set<std::string> names;
  for (const PolicyRow& row : rows)
    for (const auto& [name, runs] : row.trial.broken) names.insert(name);
  return {names.begin(), names.end()};
}

PolicyMatrix try_policies(const Scenario& scenario, const MatrixOptions& options,
                          const AblationProgress& progress) {
  PolicyMatrix matrix;
  const auto add = [&](const std::string& key, const std::string& value, const Scenario& variant) {
    const std::string what = key.empty() ? "as it is" : key + " = " + value;
    Trial trial = try_out(variant, {options.first_seed, options.runs, options.jobs, true},
                          [&](std::uint64_t runs) { return progress(what, runs); });
    matrix.cut_short = trial.cut_short;
    matrix.rows.push_back({key, value, std::move(trial)});
  };
  add("", "", scenario);
  for (const PolicyChoice& choice : policy_choices(scenario))
    for (const std::string& value : choice.values) {
      const auto variant = with_values(scenario, {{choice.key + " = " + value, choice.key, value}});
      const auto* const valid = std::get_if<Scenario>(&variant);  // some go with others only
      if (valid && *valid != scenario && !matrix.cut_short) add(choice.key, value, *valid);
    }
  return matrix;
}

}  // namespace escrowstorm::sim
