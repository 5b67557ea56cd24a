// The command line of `escrowstorm compare`.
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "sim/cli/answered.hpp"
#include "sim/compare/allowances.hpp"

namespace escrowstorm::sim {

struct CompareCommand {
  std::filesystem::path a;
  std::filesystem::path b;
  Allowances allowances;
  bool all = false;
  bool json = false;
  bool markdown = false;
  bool quiet = false;
};

// `arguments` behind the command's word.
std::variant<CompareCommand, Answered> read_compare_options(std::vector<std::string> arguments);

}  // namespace escrowstorm::sim
