#include "sim/cli/find_scenario.hpp"

#include <cstdlib>
#include <system_error>

namespace escrowstorm::sim {

namespace fs = std::filesystem;

fs::path find_scenario(const fs::path& named) {
  const char* given = std::getenv("ESCROWSTORM_HOME");
  const fs::path home = given && *given ? fs::path(given) : fs::path(ESCROWSTORM_HOME_DEFAULT);
  std::error_code failed;
  if (named.is_relative() && !fs::exists(named, failed) && fs::exists(home / named, failed))
    return home / named;
  return named;
}

}  // namespace escrowstorm::sim
