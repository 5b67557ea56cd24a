// The command line of `escrowstorm calibrate`. A pure function of its arguments.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/http/url.hpp"
#include "sim/cli/access_flags.hpp"
#include "sim/cli/answered.hpp"

namespace escrowstorm::sim {

struct CalibrateCommand {
  std::vector<http::Endpoint> rpc;       // three or more
  std::optional<http::Endpoint> daemon;  // the regtest monerod of these
  AccessFlags access;
  std::filesystem::path out;
  std::uint64_t rounds = 10;
  bool allow_mainnet = false;
  bool allow_unknown_version = false;
  bool json = false;
  bool quiet = false;
};

// `arguments` behind the command's word.
std::variant<CalibrateCommand, Answered> read_calibrate_options(std::vector<std::string> arguments);

}  // namespace escrowstorm::sim
