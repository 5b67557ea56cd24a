#include "sim/ablate/lock_kind.hpp"

#include <array>

namespace escrowstorm::sim {
namespace {

using coordinator::CreationLock;
using coordinator::Rounds;

std::string_view creation_lock(const Scenario& scenario) {
  const CreationLock lock = scenario.coordinator.waits.creation_lock;
  return lock == CreationLock::none ? "" : name_of(lock);
}

std::string_view order_of_rounds(const Scenario& scenario) {
  const Rounds rounds = scenario.coordinator.waits.rounds;
  return rounds == Rounds::parallel ? "" : name_of(rounds);
}

constexpr std::array lock_table{
    LockKind{
        "creation_lock", name_of(CreationLock::none), "without creation_lock", creation_lock,
        [](CoordinatorSection& policies) { policies.waits.creation_lock = CreationLock::none; }},
    LockKind{"rounds", name_of(Rounds::parallel), "with parallel rounds", order_of_rounds,
             [](CoordinatorSection& policies) { policies.waits.rounds = Rounds::parallel; }}};

}  // namespace

std::span<const LockKind> lock_kinds() { return lock_table; }

Scenario without_lock(Scenario scenario, const LockKind& lock) {
  lock.take_away(scenario.coordinator);
  return scenario;
}

}  // namespace escrowstorm::sim
