// Measures a fleet: looks whether it is fit, plays the script on it with progress, and sees to it
// that no wallet of its own is left open.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/http/access.hpp"
#include "sim/calibrate/latency_samples.hpp"
#include "sim/cli/calibrate_options.hpp"

namespace escrowstorm::sim {

struct CalibrateOutcome {
  std::vector<std::string>
      unfit;  // why the fleet can't be used, a line each; nothing was done then
  LatencySamples samples;
  std::uint32_t rpc_version = 0;
  std::string wallet_prefix;           // of all wallets that were made
  std::uint64_t rounds_begun = 0;      // so many times three wallets, or fewer in the last
  bool interrupted = false;            // by a signal
  std::optional<std::string> failure;  // why it could not go on, one line
  std::vector<std::string> left_open;  // instances that did not answer to close_wallet, a line each
};

// Takes over SIGINT, SIGTERM and SIGHUP while it measures; the first one ends it. `err` gets the
// progress.
CalibrateOutcome measure_fleet(const CalibrateCommand& command, const http::Access& access,
                               std::ostream& err);

}  // namespace escrowstorm::sim
