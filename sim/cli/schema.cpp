#include "sim/cli/schema.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <ostream>

#include "sim/cli/parse_arguments.hpp"
#include "sim/schema/json_schema.hpp"

namespace escrowstorm::sim {
namespace {

constexpr const char* command_name = "escrowstorm schema";

constexpr const char* command_about =
    "Prints a JSON Schema (draft 07) of scenario files: with it an editor completes their keys,\n"
    "shows what each means, and underlines mistakes.\n";

constexpr const char* command_notes = R"(Example:
  escrowstorm schema > scenario.schema.json
and a scenario's first key may say where it is:
  {"$schema": "./scenario.schema.json", "name": "mine"}
What it can't tell, such as that "until" is later than "from", a run says before it starts.
Other ways for editors to find it: docs/scenarios.md
)";

}  // namespace

std::variant<SchemaCommand, Answered> read_schema_options(std::vector<std::string> arguments) {
  CLI::App app(command_about, command_name);
  app.footer(command_notes);
  if (auto answered = parse_arguments(app, std::move(arguments), command_name))
    return std::move(*answered);
  return SchemaCommand();
}

void run_schema(std::ostream& out) { out << scenario_schema().dump(2) << std::endl; }

}  // namespace escrowstorm::sim
