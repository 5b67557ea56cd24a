// Waits and locks that coordinators in the field put into a set-up, each a policy, none by default.
// They are kept so that it can be measured which of them does anything (docs/scenarios.md).
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "base/time.hpp"

namespace escrowstorm::coordinator {

// Who may create a wallet while another is being created.
enum class CreationLock : unsigned char {
  none,
  global,    // nobody, of all escrows and roles
  per_role,  // nobody of the same role
};

inline constexpr std::array all_creation_locks{CreationLock::none, CreationLock::global,
                                               CreationLock::per_role};

constexpr std::string_view name_of(CreationLock lock) {
  constexpr std::array<std::string_view, all_creation_locks.size()> names{"none", "global",
                                                                          "per_role"};
  return names[static_cast<std::size_t>(lock)];
}

// How the three roles act in a phase.
enum class Rounds : unsigned char { parallel, sequential };

inline constexpr std::array all_rounds{Rounds::parallel, Rounds::sequential};

constexpr std::string_view name_of(Rounds rounds) {
  return rounds == Rounds::parallel ? "parallel" : "sequential";
}

struct SetupWaits {
  // An escrow begins so long after the one before began, at the earliest.
  Duration stagger_between_escrows{};
  // After each make_multisig, before the next role's where the rounds are sequential; not after the
  // last one then.
  Duration wait_after_make{};
  // A fresh wallet is asked whether it is multisig; one that says so is closed, and opened again so
  // long after. Zero: it is not asked.
  Duration purge_wait{};
  CreationLock creation_lock = CreationLock::none;
  Rounds rounds = Rounds::parallel;
  bool sort_infos = false;  // the messages that a wallet is given in a round

  friend bool operator==(const SetupWaits&, const SetupWaits&) = default;
};

}  // namespace escrowstorm::coordinator
