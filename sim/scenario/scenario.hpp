// What a scenario file says, read and checked (reader.hpp). docs/scenarios.md documents the keys;
// the defaults are the ones written here.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/thresholds/threshold.hpp"

namespace escrowstorm::sim {

struct FleetSection {
  std::uint32_t instances = 9;
  std::string latency = "measured";  // of the mock: a profile's name or path
  std::uint32_t cores = 8;           // of the mock: shared by all calls that compute
  std::string emulate = "0.18.5.1";  // of the mock: which monero-wallet-rpc it is
  std::string network = "mainnet";   // of the mock: mainnet (as regtest), testnet, stagenet
};

struct CoordinatorSection {
  std::string slots = "exclusive_lease";  // a slot policy
  bool verify_wallet = true;
};

struct StormSection {
  std::uint32_t escrows = 3;
  std::optional<std::uint32_t> concurrency;  // escrows at once; nothing: all
};

// An RPC error that the trace must have.
struct ExpectedError {
  int code = 0;
  std::string message;  // a part of the error's text
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
  std::string world = "mock";
  std::uint64_t seed = 1;
  FleetSection fleet;
  CoordinatorSection coordinator;
  StormSection storm;
  std::vector<Threshold> thresholds;
  std::optional<ExpectSection> expect;

  std::uint32_t escrows_at_once() const {
    return std::min(storm.concurrency.value_or(storm.escrows), storm.escrows);
  }
};

}  // namespace escrowstorm::sim
