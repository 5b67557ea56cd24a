#include "sim/scenario/with_values.hpp"

#include <nlohmann/json.hpp>

#include "sim/scenario/reader.hpp"
#include "sim/scenario/writer.hpp"

namespace escrowstorm::sim {

std::variant<Scenario, std::vector<std::string>> with_values(const Scenario& scenario,
                                                             const std::vector<Override>& values) {
  if (values.empty()) return scenario;
  return parse_scenario(scenario_json(scenario).dump(), scenario.name, values);
}

}  // namespace escrowstorm::sim
