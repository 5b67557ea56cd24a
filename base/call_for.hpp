// For whom a call to a wallet RPC is made. It travels with the call as the id of JSON-RPC,
// "7/buyer": the real one gives an id back unread, the mock's ledger keeps it, and so it can be
// told whose call met whose wallet. Any client may write its ids so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/observer.hpp"

namespace escrowstorm {

struct CallFor {
  EscrowId escrow = 0;
  Role role{};

  friend bool operator==(const CallFor&, const CallFor&) = default;
};

std::string to_string(const CallFor& whom);

// Nothing when the text is not exactly of that form; it may be any.
std::optional<CallFor> parse_call_for(std::string_view text);

}  // namespace escrowstorm
