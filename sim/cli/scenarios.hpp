// `escrowstorm scenarios`: which scenario files there are, and what each shows.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <variant>
#include <vector>

#include "sim/cli/answered.hpp"
#include "sim/cli/exit_status.hpp"

namespace escrowstorm::sim {

struct ScenariosCommand {
  std::filesystem::path folder = "scenarios";
};

// `arguments` behind the command's word.
std::variant<ScenariosCommand, Answered> read_scenarios_options(std::vector<std::string> arguments);

// A line each to `out`, by path; files that are wrong go to `err`, and are bad usage.
ExitStatus run_scenarios(const ScenariosCommand& command, std::ostream& out, std::ostream& err);

}  // namespace escrowstorm::sim
