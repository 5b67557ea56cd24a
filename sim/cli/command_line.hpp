// The command line of escrowstorm, read into what it asks for. A pure function of its arguments but
// for one look at the disk: whether a first argument is a file, and so a scenario.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/cli/ablate_options.hpp"
#include "sim/cli/answered.hpp"
#include "sim/cli/calibrate_options.hpp"
#include "sim/cli/capacity_options.hpp"
#include "sim/cli/compare_options.hpp"
#include "sim/cli/conformance_options.hpp"
#include "sim/cli/doctor.hpp"
#include "sim/cli/explore_options.hpp"
#include "sim/cli/faults.hpp"
#include "sim/cli/scenarios.hpp"
#include "sim/cli/schema.hpp"
#include "sim/cli/world_flags.hpp"
#include "sim/scenario/overrides.hpp"

namespace escrowstorm::sim {

// escrowstorm run
struct RunCommand {
  std::optional<std::filesystem::path> scenario;  // nothing: the first storm
  std::vector<Override> overrides;
  std::optional<std::filesystem::path> out;
  bool quiet = false;
  WorldFlags in_world;
  bool wire_faithful = false;
  bool check_determinism = false;
  bool explain = false;  // the scenario in words, and no run
  bool json = false;     // summary.json to stdout, and no table
  bool github = false;   // what failed, as annotations
};

using Command =
    std::variant<RunCommand, ExploreCommand, ReplayCommand, AblateCommand, CapacityCommand,
                 CompareCommand, CalibrateCommand, ConformanceCommand, ScenariosCommand,
                 FaultsCommand, SchemaCommand, DoctorCommand, Answered>;

// `arguments` without the program's name.
Command read_command_line(std::vector<std::string> arguments);

}  // namespace escrowstorm::sim
