// What a scenario file says, read and checked. docs/scenarios.md documents the keys; the defaults
// are the ones written here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/thresholds/threshold.hpp"

namespace escrowstorm::sim {

struct FleetSection {
  std::uint32_t instances = 9;
  std::string latency = "measured";
  std::uint32_t cores = 8;
  std::string emulate = "0.18.5.1";
  std::string network = "mainnet";  // of the mock: mainnet (as regtest), testnet, stagenet
};

struct CoordinatorSection {
  std::string slots = "exclusive_lease";
  bool verify_wallet = true;
};

struct StormSection {
  std::uint32_t escrows = 3;
  std::uint32_t concurrency = 0;  // 0: all at once
};

// An RPC error that the trace must have.
struct ExpectedError {
  int code = 0;
  std::string message;
};

// What a canary or a history file must come out as. `run` reports it, tests hold it.
struct ExpectSection {
  int exit = 0;
  std::vector<Threshold> metrics;
  std::vector<ExpectedError> errors;
};

struct Scenario {
  std::string name;
  std::string about;
  std::optional<std::string> world;
  std::uint64_t seed = 1;
  FleetSection fleet;
  CoordinatorSection coordinator;
  StormSection storm;
  std::vector<Threshold> thresholds;
  std::optional<ExpectSection> expect;

  std::uint32_t escrows_at_once() const {
    const bool all = storm.concurrency == 0 || storm.concurrency > storm.escrows;
    return all ? storm.escrows : storm.concurrency;
  }
};

}  // namespace escrowstorm::sim
