// Seam: events out. Whatever happens in a world is told once, as an Event, to the world's Observer,
// which makes the trace, the metrics and the progress line of it. Called on the world's executor;
// the observer must not block and outlives all who report to it.
//
// No secret goes into an event: no password, key, key exchange message or txset.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/role.hpp"
#include "base/time.hpp"

namespace escrowstorm {

using EscrowId = std::uint64_t;

enum class EventKind : unsigned char { rpc, escrow, lease, chain, store, fault };

constexpr std::string_view name_of(EventKind kind) {
  constexpr std::string_view names[] = {"rpc", "escrow", "lease", "chain", "store", "fault"};
  return names[static_cast<std::size_t>(kind)];
}

struct Event {
  TimePoint at{};  // when it ended
  EventKind kind{};
  std::string_view phase;  // a literal: "create", "prepare", ..., "ready", "failed"
  std::optional<EscrowId> escrow;
  std::optional<Role> role;
  std::optional<std::uint32_t> instance;
  std::string wallet;
  std::string_view method;  // of kind rpc: a literal of walletrpc
  bool ok = true;
  int code = 0;  // of an RPC error
  std::string message;
  bool injected = false;  // by a fault of the scenario
  Duration duration{};
};

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void on(const Event& event) = 0;
};

}  // namespace escrowstorm
