// Seam: the coordinator's memory. What a step is about to do is committed before it acts, and
// commits are awaited: when commit() returns without an error, the record survives the process.
// Called on the world's executor; the store outlives the coordinator.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/async.hpp"
#include "base/observer.hpp"
#include "base/transport.hpp"

namespace escrowstorm::coordinator {

// Everything known of one escrow, as the set-up goes on.
struct EscrowRecord {
  EscrowId id = 0;
  std::string_view phase;  // a literal, see setup/phase.hpp
  std::array<InstanceId, role_count> instances{};
  std::array<std::string, role_count> wallets;                  // file names
  std::array<std::array<std::string, 4>, role_count> messages;  // [role][round]: prepare, make, ...
  std::string address;  // once published
  std::string failure;  // once failed, one clause
};

class EscrowStore {
 public:
  virtual ~EscrowStore() = default;

  // Nothing when it is durable; otherwise why not, in one clause ("database or disk is full").
  virtual Awaitable<std::optional<std::string>> commit(EscrowRecord record) = 0;
};

}  // namespace escrowstorm::coordinator
