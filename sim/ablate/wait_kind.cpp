#include "sim/ablate/wait_kind.hpp"

namespace escrowstorm::sim {

std::span<const WaitKind> wait_kinds() {
  using coordinator::SetupWaits;
  static constexpr WaitKind all[] = {
      {"stagger_between_escrows", &SetupWaits::stagger_between_escrows},
      {"wait_after_make", &SetupWaits::wait_after_make},
      {"purge_wait", &SetupWaits::purge_wait},
  };
  return all;
}

Scenario with_wait(Scenario scenario, const WaitKind& wait, Duration length) {
  scenario.coordinator.waits.*wait.value = length;
  return scenario;
}

}  // namespace escrowstorm::sim
