// When calls arrive, in a file: of each a line with its time in nanoseconds since the program
// began, its instance and its method. For who wants to know whether a load generator keeps its
// schedule: the times are those of the mock, not of the client.
#pragma once

#include <fstream>
#include <string>

#include "mockrpc/fleet/call_faults.hpp"

namespace escrowstorm::mockrpc {

// A fault that lets all calls pass: nothing else is asked about a call as it arrives, before it has
// its turn.
class ArrivalLog final : public CallFaults {
 public:
  // A file that is there is replaced.
  explicit ArrivalLog(const std::string& file) : out_(file, std::ios::binary) {}

  Verdict arriving(const CallAtSeat& call) override;
  Verdict before(const CallAtSeat&) override { return {}; }
  Verdict after(const CallAtSeat&) override { return {}; }

  // All that was told so far is in the file. False, now or before, when it could not be written.
  bool flush() { return static_cast<bool>(out_.flush()); }

 private:
  std::ofstream out_;
};

}  // namespace escrowstorm::mockrpc
