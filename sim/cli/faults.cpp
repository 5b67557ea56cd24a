#include "sim/cli/faults.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "sim/cli/parse_arguments.hpp"
#include "sim/faults/table.hpp"
#include "sim/scenario/writer.hpp"

namespace escrowstorm::sim {
namespace {

constexpr const char* command_name = "escrowstorm faults";

constexpr const char* command_about =
    "Lists the faults that a scenario can have: what each does, and its keys with their "
    "defaults.\n";

constexpr const char* command_notes =
    "What the keys mean, and those of the trigger, which every fault has too: docs/faults.md\n";

std::string keys_text(const FaultKind& kind) {
  // With a trigger that picks calls it has all its keys.
  Scenario scenario;
  FaultSpec& fault = scenario.faults.emplace_back();
  fault.fault = kind.name;
  fault.parameters = kind.defaults();
  fault.trigger.nth = 1;
  const nlohmann::ordered_json json = scenario_json(scenario)["faults"][0];
  std::string text;
  for (const std::string_view key : kind.keys) {
    const bool required =
        std::find(kind.required.begin(), kind.required.end(), key) != kind.required.end();
    text.append(text.empty() ? "" : ", ").append(key);
    if (required)
      text += " (required)";
    else if (json.contains(key))
      text += " (" + json[key].dump() + ")";
  }
  return text.empty() ? "none of its own" : text;
}

}  // namespace

std::variant<FaultsCommand, Answered> read_faults_options(std::vector<std::string> arguments) {
  CLI::App app(command_about, command_name);
  app.footer(command_notes);
  if (auto answered = parse_arguments(app, std::move(arguments), command_name))
    return std::move(*answered);
  return FaultsCommand();
}

void run_faults(std::ostream& out) {
  std::size_t width = 0;
  for (const FaultKind& kind : fault_kinds()) width = std::max(width, kind.name.size());
  for (const FaultKind& kind : fault_kinds()) {
    out << kind.name << std::string(width - kind.name.size() + 2, ' ') << kind.about << '\n'
        << std::string(width + 2, ' ') << "keys: " << keys_text(kind) << '\n';
  }
  out << std::flush;
}

}  // namespace escrowstorm::sim
