// `escrowstorm doctor`: what this machine has, and whether it carries a scenario in each world.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/cli/answered.hpp"
#include "sim/cli/exit_status.hpp"
#include "sim/process/machine.hpp"
#include "sim/scenario/overrides.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

struct DoctorCommand {
  std::filesystem::path scenario = "scenarios/storms/first.json";
  std::vector<Override> overrides;
  std::optional<std::filesystem::path> monero_bin;
};

// `arguments` behind the command's word.
std::variant<DoctorCommand, Answered> read_doctor_options(std::vector<std::string> arguments);

// A line each: ok, or not ok with the remedy. The status is that of the scenario's own world.
ExitStatus run_doctor(const DoctorCommand& command, std::ostream& out, std::ostream& err);

// What is missing for a scenario in a world, each with its remedy; none: the machine carries it.
std::vector<std::string> missing(const Machine& machine, const Scenario& scenario,
                                 std::string_view world);

}  // namespace escrowstorm::sim
