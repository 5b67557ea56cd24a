#include "sim/world/worlds.hpp"

#include <algorithm>
#include <array>

namespace escrowstorm::sim {
namespace {

constexpr std::array<WorldKind, 4> table{{
    {"virtual", "mock wallet RPCs in this process, in virtual time: nothing waits, a seed is a run",
     true, make_virtual_world},
    {"mock", "mock wallet RPCs in this process, over real sockets", true, make_mock_world},
    {"regtest", "monerod and monero-wallet-rpc, started for the run on loopback", false,
     make_regtest_world},
    {"live", "the wallet RPCs given by --rpc, on testnet or stagenet", false, make_live_world},
}};

}  // namespace

std::span<const WorldKind> worlds() { return table; }

const WorldKind* find_world(std::string_view name) {
  const auto at =
      std::find_if(table.begin(), table.end(), [&](const auto& kind) { return kind.name == name; });
  return at == table.end() ? nullptr : &*at;
}

}  // namespace escrowstorm::sim
