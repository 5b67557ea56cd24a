// Which file a scenario's name on the command line means.
#pragma once

#include <filesystem>

namespace escrowstorm::sim {

// As named from here; or else, when that is not there, from where scenarios/ lies: the folder in
// the environment's ESCROWSTORM_HOME, or the one this was built from.
std::filesystem::path find_scenario(const std::filesystem::path& named);

}  // namespace escrowstorm::sim
