// The same script, played on the mock with the profile that a calibration wrote, in virtual time:
// what a fleet and its imitation take is then seen side by side.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "sim/calibrate/latency_samples.hpp"

namespace escrowstorm::sim {

struct MockCounterpart {
  std::filesystem::path profile;  // with a '/' in it
  std::uint32_t rpc_version = 0;  // of the fleet: the mock is the newest that is not newer
  std::uint64_t rounds = 0;
  bool with_money = false;
};

struct CounterpartOutcome {
  LatencySamples samples;
  bool interrupted = false;            // by a signal: the samples are those until then
  std::optional<std::string> failure;  // a clause; a bug, or a profile that can't be had
};

// Takes over SIGINT, SIGTERM and SIGHUP while it plays.
CounterpartOutcome play_on_mock(const MockCounterpart& what);

}  // namespace escrowstorm::sim
