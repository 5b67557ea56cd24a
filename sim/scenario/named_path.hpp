// Paths of other files that a scenario names.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>

#include "sim/scenario/json_tree.hpp"

namespace escrowstorm::sim {

// What a scenario in `folder` means by `path`, which stands at `node`; one on the command line
// starts where the command runs. Absolute, so that the scenario means the same wherever it is
// written to.
inline std::string path_in(const std::filesystem::path& folder, const std::string& path,
                           const JsonNode& node) {
  const bool is_option = node.place.option != 0;
  const std::filesystem::path meant = is_option ? std::filesystem::path(path) : folder / path;
  std::error_code failed;
  const std::filesystem::path absolute = std::filesystem::absolute(meant, failed);
  return failed ? meant.string() : absolute.lexically_normal().string();
}

}  // namespace escrowstorm::sim
