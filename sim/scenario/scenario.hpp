// What a scenario file says, read and checked (reader.hpp). docs/scenarios.md documents the keys;
// the defaults are the ones written here.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "coordinator/life/life_options.hpp"
#include "coordinator/setup/multisig_switch.hpp"
#include "coordinator/setup/persistence.hpp"
#include "coordinator/setup/publish_after.hpp"
#include "coordinator/setup/waits.hpp"
#include "sim/scenario/fault_spec.hpp"
#include "sim/storm/arrival_spec.hpp"
#include "sim/storm/journey_spec.hpp"
#include "sim/thresholds/threshold.hpp"

namespace escrowstorm::sim {

struct FleetSection {
  std::uint32_t instances = 9;
  std::string latency = "measured";  // of the mock: a profile's name or path
  std::uint32_t cores = 8;           // of the mock: shared by all calls that compute
  std::string emulate = "0.18.5.1";  // of the mock: which monero-wallet-rpc it is
  std::string network = "mainnet";   // of the mock: mainnet (as regtest), testnet, stagenet
  bool offline = false;              // of the mock: its wallets have no daemon

  friend bool operator==(const FleetSection&, const FleetSection&) = default;
};

struct CoordinatorSection {
  std::string slots = "exclusive_lease";  // a slot policy
  bool verify_wallet = true;
  bool reopen_check = false;
  Duration call_deadline = std::chrono::seconds(60);
  std::uint32_t setup_attempts = 5;
  coordinator::PublishAfter publish_after = coordinator::PublishAfter::check;
  coordinator::Persistence persistence = coordinator::Persistence::journal;
  coordinator::SetupWaits waits;
  coordinator::MultisigSwitch multisig_switch = coordinator::MultisigSwitch::prepare;
  coordinator::LifeOptions life;

  friend bool operator==(const CoordinatorSection&, const CoordinatorSection&) = default;
};

struct StormSection {
  std::uint32_t escrows = 3;
  std::optional<std::uint32_t> concurrency;  // escrows at once; nothing: all
  ArrivalSpec arrivals;                      // when they are asked for
  std::vector<JourneySpec> journeys;         // none: each ends with its address

  // Some escrow has terms, with a price and payees.
  bool pays() const {
    return std::any_of(journeys.begin(), journeys.end(),
                       [](const JourneySpec& journey) { return sim::pays(journey.end); });
  }

  friend bool operator==(const StormSection&, const StormSection&) = default;
};

// With it there is money: a bank that pays, and a chain that grows.
struct ChainSection {
  Duration block_every = std::chrono::minutes(2);

  friend bool operator==(const ChainSection&, const ChainSection&) = default;
};

// An RPC error that the trace must have.
struct ExpectedError {
  int code = 0;
  std::string message;  // a part of the error's text

  friend bool operator==(const ExpectedError&, const ExpectedError&) = default;
};

// The end of trouble: from `at` on no fault fires and what is down is started; then, while escrows
// are unfinished, one must end at least every `within`.
struct CalmSection {
  Duration at = std::chrono::minutes(2);
  Duration within = std::chrono::minutes(10);

  friend bool operator==(const CalmSection&, const CalmSection&) = default;
};

// A key and the values that `explore` draws it from.
struct SwarmPolicy {
  std::string path;                 // "storm.escrows"
  std::vector<std::string> values;  // each as JSON text, as --set takes it; at least one

  friend bool operator==(const SwarmPolicy&, const SwarmPolicy&) = default;
};

// What `explore` may switch on and turn.
struct SwarmSection {
  std::vector<FaultSpec> faults;
  std::vector<SwarmPolicy> policies;

  friend bool operator==(const SwarmSection&, const SwarmSection&) = default;
};

// What a canary or a history file must come out as. `run` reports it, tests hold it.
struct ExpectSection {
  int exit = 0;
  std::vector<Threshold> metrics;
  std::vector<ExpectedError> errors;
  std::vector<std::string> invariants;  // that are violated, where the world can judge them

  friend bool operator==(const ExpectSection&, const ExpectSection&) = default;
};

struct Scenario {
  std::string name;
  std::string about;
  std::string world = "mock";
  std::uint64_t seed = 1;
  std::string schedule = "fifo";                  // of the virtual world: a scheduler
  std::optional<std::uint64_t> schedule_choices;  // seeded ones, then on as fifo; nothing: no end
  FleetSection fleet;
  CoordinatorSection coordinator;
  StormSection storm;
  std::optional<ChainSection> chain;
  std::vector<FaultSpec> faults;
  CalmSection calm;
  SwarmSection swarm;
  std::vector<Threshold> thresholds;
  std::optional<ExpectSection> expect;

  std::uint32_t escrows_at_once() const {
    return std::min(storm.concurrency.value_or(storm.escrows), storm.escrows);
  }
  bool needs_money() const { return chain.has_value(); }

  friend bool operator==(const Scenario&, const Scenario&) = default;
};

}  // namespace escrowstorm::sim
