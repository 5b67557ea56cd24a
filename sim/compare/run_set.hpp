// What one side of a comparison is: a run, or a set of runs in folders beside each other.
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "sim/compare/run_summary.hpp"

namespace escrowstorm::sim {

struct RunSet {
  std::filesystem::path path;
  bool is_single = false;           // `path` is a run's folder, not one of such folders
  std::vector<RunSummary> runs;     // at least one; in a set in the order of their folders' names
  std::size_t copies = 0;           // with seed and digest of another: left out, they add nothing
  std::size_t without_summary = 0;  // folders with a trace alone: runs that have not ended
};

// The error is one line with the place and what to do.
std::variant<RunSet, std::string> read_run_set(const std::filesystem::path& path);

}  // namespace escrowstorm::sim
