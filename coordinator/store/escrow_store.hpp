// Seam: the coordinator's memory. What a step is about to do is committed before it acts, and
// commits are awaited: when commit() returns without an error, the record survives the process.
// Called on the world's executor; the store outlives the coordinator.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/async.hpp"
#include "base/observer.hpp"
#include "base/transport.hpp"
#include "coordinator/life/terms.hpp"
#include "coordinator/setup/phase.hpp"
#include "coordinator/store/kept_text.hpp"

namespace escrowstorm::coordinator {

// The messages of the key exchange that a role makes: one each in prepare, make, exchange_1 and
// exchange_2.
inline constexpr std::size_t message_rounds = 4;

// What is known of where an escrow's money goes. A decision is never changed, and what is signed is
// the only thing that is ever submitted.
struct Payout {
  std::optional<Decision> decision;
  std::string txset;                   // signed by two; secret
  std::vector<std::string> tx_hashes;  // of what is in it, mostly one
  Amount paid;                         // to the payee
  Amount fee;

  friend bool operator==(const Payout&, const Payout&) = default;
};

// Everything known of one escrow. Within an attempt messages are added, never changed.
struct EscrowRecord {
  EscrowId id = 0;
  std::uint32_t attempt = 1;  // one more each time that a new coordinator starts the set-up over
  Phase phase{};              // that is about to act, or the end
  std::array<InstanceId, role_count> instances{};
  std::array<std::string, role_count> wallets;                            // file names
  std::array<std::string, role_count> passwords;                          // secret
  std::array<std::array<KeptText, message_rounds>, role_count> messages;  // [role][round]
  std::array<std::string, role_count> copies;  // digests of the files that its phase began with
  std::string address;                         // once published
  std::string failure;                         // once failed, one clause
  Terms terms;
  Payout payout;

  friend bool operator==(const EscrowRecord&, const EscrowRecord&) = default;
};

class EscrowStore {
 public:
  virtual ~EscrowStore() = default;

  // The record replaces the escrow's last one. Nothing when it is durable; otherwise why not, in
  // one clause ("database or disk is full").
  virtual Awaitable<std::optional<std::string>> commit(EscrowRecord record) = 0;
};

}  // namespace escrowstorm::coordinator
