// The command line of mock-wallet-rpc: the real one's flags where they make sense, and the mock's
// own. Reads and checks; opens nothing but a latency profile and PEM files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/http/server.hpp"
#include "base/http/url.hpp"
#include "mockrpc/latency/profile.hpp"
#include "mockrpc/network.hpp"
#include "mockrpc/version.hpp"

namespace escrowstorm::mockrpc {

namespace exit_status {
inline constexpr int ok = 0;
inline constexpr int own_failure = 1;
inline constexpr int bad_usage = 2;
inline constexpr int cannot_set_up = 6;  // a port is taken, a folder can't be written
}  // namespace exit_status

struct CliOptions {
  http::Endpoint first;  // port 0: each instance takes a free one
  std::uint32_t instances = 1;
  std::optional<std::uint16_t> daemon_port;  // of monerod's calls, 0: a free one; none: no monerod
  bool offline = false;                      // the wallets do not look at it
  bool enforce_ring_size = false;            // they spend nothing while it has too few outputs
  std::string wallet_dir;                    // empty: in memory
  std::string arrivals_file;                 // when calls came; empty: nowhere
  Network network = Network::mainnet;
  Version version;
  std::string latency_name;
  LatencyProfile latency;
  std::uint32_t cores = 8;
  std::optional<std::uint64_t> seed;
  http::ServerLimits limits;
  http::ServerManners manners;
  std::vector<std::string> ignored;  // flags of the real one that were given and mean nothing here
};

// The program ends here: after --help and --version, or on bad usage.
struct CliEnd {
  int status = exit_status::ok;
  std::string text;  // one line on bad usage; to stderr then, to stdout otherwise
};

std::variant<CliOptions, CliEnd> parse_command_line(int argc, const char* const* argv);

}  // namespace escrowstorm::mockrpc
