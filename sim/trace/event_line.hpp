// An event as one line of events.jsonl, both ways. Keys: seq, t_ms, kind, phase, and where they
// apply escrow, role, instance, wallet, method, ok, code, message, injected, duration_ms. Times
// are exact to the nanosecond.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "base/observer.hpp"

namespace escrowstorm::sim {

// Appends the line with its line end. Bytes that are no UTF-8 become U+FFFD.
void append_event_line(std::string& out, std::uint64_t seq, const Event& event);

struct TracedEvent {
  std::uint64_t seq = 0;
  Event event;
};

// Reads lines back. The events refer to names that the reader keeps: it outlives them.
class EventLineReader {
 public:
  // The error is one clause. Keys that are not known are passed over.
  std::variant<TracedEvent, std::string> read(std::string_view line);

 private:
  std::set<std::string, std::less<>> names_;
};

}  // namespace escrowstorm::sim
