// The phases of an escrow, in their order: those of its set-up, and what becomes of it then. Their
// names are literals: they go into events and into the store.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace escrowstorm::coordinator {

enum class Phase : unsigned char {
  create,      // each role's wallet is created on its instance
  label,       // a label is put into it, and saved
  verify,      // the label is read back
  prepare,     // multisig is switched on, first messages are made
  make,        // the wallets become multisig
  exchange_1,  // first key exchange
  exchange_2,  // second and last key exchange, gives the address
  check,       // ready, 2-of-3, one address?
  reopen,      // closed, opened from its file and checked again
  publish,     // the address is committed: from here on it may be paid to
  close,       // the wallets are closed
  ready,       // the end of the set-up: published, instances given back
  funded,      // the price was seen and can be spent
  decided,     // to whom the money goes
  signed_,     // the payout is signed by two: from here on it may be submitted
  submitted,   // the network has it
  closed,      // the end: it is confirmed
  failed,      // the other end, of a set-up
};

inline constexpr std::size_t phase_count = 18;

constexpr std::string_view name_of(Phase phase) {
  constexpr std::array<std::string_view, phase_count> names{
      "create",     "label",   "verify", "prepare",   "make",   "exchange_1",
      "exchange_2", "check",   "reopen", "publish",   "close",  "ready",
      "funded",     "decided", "signed", "submitted", "closed", "failed"};
  return names[static_cast<std::size_t>(phase)];
}

// Of the set-up: nothing more is done for it.
constexpr bool is_set_up(Phase phase) { return phase >= Phase::ready; }

// Ready, and what follows: it has an address for good.
constexpr bool lives(Phase phase) { return phase >= Phase::ready && phase < Phase::failed; }

// Nothing when no phase has that name.
constexpr std::optional<Phase> phase_named(std::string_view name) {
  for (std::size_t i = 0; i < phase_count; ++i) {
    if (name_of(static_cast<Phase>(i)) == name) return static_cast<Phase>(i);
  }
  return std::nullopt;
}

}  // namespace escrowstorm::coordinator
