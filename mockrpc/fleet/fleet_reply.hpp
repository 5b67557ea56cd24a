// What comes of a call to an instance of a fleet, whatever carries it.
#pragma once

#include <cstdint>
#include <variant>

#include "base/http/server.hpp"
#include "mockrpc/instance/instance.hpp"

namespace escrowstorm::mockrpc {

enum class NoReply : std::uint8_t {
  broken,   // the connection broke before the answer; the call may have run
  refused,  // nobody listens: it did not run
  silent,   // none ever comes, though the connection stands; the call may have run
  reset,    // as broken, though by a reset rather than by its end
};

// What happens to the bytes of an answer on their way.
struct Damage {
  enum class Kind : std::uint8_t {
    half_body,    // the connection ends in the middle of the body
    half_json,    // the body is half of what it was, and said to be no longer
    half_length,  // the whole body, said to be half as long
    status,       // an HTTP status instead of it, with no body
    slow,         // the whole answer, at `pace`
  };
  Kind kind{};
  unsigned status = 0;  // of status; not 200
  http::Pace pace{};    // of slow
};

struct SpoiltReply {
  CallOutcome outcome;  // of no meaning with a status
  Damage damage;
};

using FleetReply = std::variant<CallOutcome, NoReply, SpoiltReply>;

}  // namespace escrowstorm::mockrpc
