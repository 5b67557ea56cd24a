// What comes of a call to an instance of a fleet, whatever carries it.
#pragma once

#include <cstdint>
#include <variant>

#include "mockrpc/instance/instance.hpp"

namespace escrowstorm::mockrpc {

enum class NoReply : std::uint8_t {
  broken,   // the connection broke before the answer; the call may have run
  refused,  // nobody listens: it did not run
  silent,   // none ever comes, though the connection stands; the call may have run
};

using FleetReply = std::variant<CallOutcome, NoReply>;

}  // namespace escrowstorm::mockrpc
