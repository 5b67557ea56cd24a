// The table of worlds.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/http/access.hpp"
#include "base/http/url.hpp"
#include "base/random.hpp"
#include "coordinator/secrets/database_key.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/world.hpp"

namespace escrowstorm::sim {

// What the command line adds to the scenario.
struct WorldOptions {
  std::filesystem::path scratch;  // a private directory that the caller removes
  std::optional<coordinator::DatabaseKey> database_key;  // real time: of the coordinator's database
  std::optional<std::filesystem::path> monero_bin;       // where monerod and monero-wallet-rpc are
  std::vector<http::Endpoint> rpc;                       // live: three or more
  http::Access access;                                   // live: login and trust for all of them
  bool allow_mainnet = false;
  bool allow_unknown_version = false;
  mockrpc::Ledger* ledger = nullptr;      // of the mock's fleet, outlives the world
  mockrpc::CallFaults* faults = nullptr;  // likewise
  // virtual: asked now and then whether to end; none: signals are watched.
  std::function<bool()> asked_to_end;
  bool wire_faithful = false;     // virtual: calls pass as the bytes that HTTP would carry
  bool calls_never_wait = false;  // of the mock's fleet: for disk or daemon; they only compute
  std::function<void(const std::string&)> say;  // progress of the start, a line each
};

struct WorldKind {
  std::string_view name;
  std::string_view about;
  bool has_mock_fleet;  // so it has a ledger, and faults
  std::unique_ptr<World> (*make)(const Scenario&, const Random&, const WorldOptions&);
};

std::span<const WorldKind> worlds();
const WorldKind* find_world(std::string_view name);

// The members of the table, one file each. All throw WorldError.
std::unique_ptr<World> make_virtual_world(const Scenario&, const Random&, const WorldOptions&);
std::unique_ptr<World> make_mock_world(const Scenario&, const Random&, const WorldOptions&);
std::unique_ptr<World> make_regtest_world(const Scenario&, const Random&, const WorldOptions&);
std::unique_ptr<World> make_live_world(const Scenario&, const Random&, const WorldOptions&);

}  // namespace escrowstorm::sim
