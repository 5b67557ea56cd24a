// One entry of a scenario's "faults": which fault, with what parameters, and what triggers it.
// docs/faults.md describes each fault; sim/faults/table.hpp says which keys it has.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/observer.hpp"
#include "base/role.hpp"
#include "base/time.hpp"
#include "coordinator/setup/phase.hpp"
#include "mockrpc/storage/storage.hpp"

namespace escrowstorm::sim {

// How a lost answer shows: the connection breaks, or nothing ever comes.
enum class LostBy : unsigned char { reset, silence };
inline constexpr std::array all_lost_by{LostBy::reset, LostBy::silence};
constexpr std::string_view name_of(LostBy lost) {
  return lost == LostBy::reset ? "reset" : "silence";
}

// Whether the call that triggers it is executed: never, just now, or already.
enum class CrashWhen : unsigned char { before, during, after };
inline constexpr std::array all_crash_whens{CrashWhen::before, CrashWhen::after};
inline constexpr std::array all_reset_whens{CrashWhen::before, CrashWhen::during, CrashWhen::after};
constexpr std::string_view name_of(CrashWhen when) {
  constexpr std::string_view names[] = {"before", "during", "after"};
  return names[static_cast<std::size_t>(when)];
}

// How the delays of a slow answer are spread between `delay` and `up_to`.
enum class Spread : unsigned char {
  fixed,      // all are `delay`
  uniform,    // any between the two
  lognormal,  // half of them below `delay`, 99 of a hundred below `up_to`
  spike,      // `delay`, one of a hundred `up_to`
};
inline constexpr std::array all_spreads{Spread::fixed, Spread::uniform, Spread::lognormal,
                                        Spread::spike};
constexpr std::string_view name_of(Spread spread) {
  constexpr std::string_view names[] = {"fixed", "uniform", "lognormal", "spike"};
  return names[static_cast<std::size_t>(spread)];
}

// Those without which a wallet does not open, or not as it was.
inline constexpr std::array faulty_files{mockrpc::WalletFile::keys, mockrpc::WalletFile::cache};

// Empty lists and absent values match anything.
struct FaultTrigger {
  std::vector<std::string> methods;
  std::vector<Role> roles;
  std::vector<EscrowId> escrows;
  std::vector<std::uint32_t> instances;
  std::vector<coordinator::Phase> phases;  // that the call's escrow is in
  std::optional<std::uint64_t> nth;        // of the calls that match, from 1
  std::optional<std::uint64_t> every_nth;  // of them, the 2nd, 4th, ... with 2
  std::optional<std::uint64_t> first;      // of them, only so many
  Duration from{};
  std::optional<Duration> until;  // no longer
  std::optional<std::uint32_t> probability_ppm;
  std::optional<std::uint64_t> at_most;
  std::optional<Duration> every;  // of what acts at a time

  // Whether it picks calls. A fault that acts on the world otherwise does so at `from`.
  bool picks_calls() const {
    return !methods.empty() || !roles.empty() || !escrows.empty() || !phases.empty() || nth ||
           every_nth || first || probability_ppm;
  }

  friend bool operator==(const FaultTrigger&, const FaultTrigger&) = default;
};

// The parameters of all faults; those that a fault does not have keep its defaults.
struct FaultParameters {
  Duration delay{};
  Spread spread{};
  Duration up_to{};  // of a spread that is not fixed
  LostBy then{};
  int code = 0;
  unsigned status = 0;      // of HTTP
  std::uint64_t bytes = 0;  // at once
  Duration pause{};         // between them
  std::uint64_t bytes_per_second = 0;
  std::string message;
  CrashWhen when{};  // of a trigger that picks calls
  Duration restart_after{};
  Duration resume_after{};
  std::string wallet;
  Duration lasts{};
  std::uint64_t depth = 0;   // of a reorganisation, in blocks
  std::uint64_t blocks = 0;  // that a daemon is behind
  mockrpc::WalletFile file{};

  friend bool operator==(const FaultParameters&, const FaultParameters&) = default;
};

struct FaultSpec {
  std::string fault;  // a name of sim/faults/table.hpp
  FaultParameters parameters;
  FaultTrigger trigger;

  friend bool operator==(const FaultSpec&, const FaultSpec&) = default;
};

}  // namespace escrowstorm::sim
