// The command line of `escrowstorm conformance`. A pure function of its arguments.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/http/url.hpp"
#include "sim/cli/access_flags.hpp"
#include "sim/cli/answered.hpp"

namespace escrowstorm::sim {

struct ConformanceCommand {
  std::vector<std::filesystem::path> transcripts;  // files and folders, at least one
  std::vector<http::Endpoint> rpc;                 // at least one
  std::optional<http::Endpoint> daemon;
  AccessFlags access;
  std::optional<std::string> wallet_dir;
  std::optional<std::filesystem::path> json;
  bool quiet = false;
};

// `arguments` behind the word "conformance".
std::variant<ConformanceCommand, Answered> read_conformance_options(
    std::vector<std::string> arguments);

}  // namespace escrowstorm::sim
