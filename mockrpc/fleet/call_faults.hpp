// Seam: what goes wrong with the calls to a fleet. Asked three times for each call: as it arrives,
// as its turn comes and as soon as it has executed; decides and never acts on the call: the seat
// carries the verdict out, so that all carriers behave alike. May kill and start instances while it
// is asked, also the one of the call. On the world's executor; pointers hold during the question
// only.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/call_for.hpp"
#include "base/time.hpp"
#include "mockrpc/fleet/fleet_reply.hpp"

namespace escrowstorm::mockrpc {

struct CallAtSeat {
  TimePoint at;
  std::uint32_t instance;
  std::optional<CallFor> whom;
  const walletrpc::Request* request;
  std::string_view open_wallet;  // file name in the slot now; empty: none
  const CallOutcome* outcome;    // null before it executes
};

struct Verdict {
  enum class Kind : std::uint8_t {
    pass,
    delay,   // after: the answer leaves later by `delay`, the instance is busy until then
    error,   // before: `error` is the answer, nothing executes
    drop,    // no answer, but `lost`: before, nothing executes; after, it has and takes its time
    cut,     // after: the same, though the caller learns of `lost` now
    repeat,  // before: it executes twice, the second answer counts
    spoil,   // before, with a status: nothing executes; after: the answer arrives with `damage`
  };
  Kind kind = Kind::pass;
  Duration delay{};
  walletrpc::RpcError error{};
  NoReply lost = NoReply::broken;
  Damage damage{};
};

class CallFaults {
 public:
  virtual ~CallFaults() = default;

  virtual Verdict arriving(const CallAtSeat& call) = 0;  // pass or drop; kills nothing
  virtual Verdict before(const CallAtSeat& call) = 0;    // pass, error, drop, repeat or spoil
  virtual Verdict after(const CallAtSeat& call) = 0;     // pass, delay, drop, cut or spoil
};

}  // namespace escrowstorm::mockrpc
