#include "sim/capacity/fleet_advice.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace escrowstorm::sim {
namespace {

constexpr std::uint64_t advised_instances_max = 30'000;
constexpr std::uint64_t advised_cores_max = 100'000;

// Parts of what escrows keep busy by themselves: a busy fleet needs some more, for what comes in
// bunches and takes longer than usual.
constexpr std::array<std::uint64_t, 6> tried_percent{100, 115, 135, 160, 200, 400};

std::uint64_t busy_at(const Load& load, Duration each) {
  const double at_once =
      static_cast<double>(load.size) * std::chrono::duration<double>(each).count() / 3600;
  return static_cast<std::uint64_t>(at_once) + 1;
}

FleetSize scaled(const Load& load, const EscrowCost& cost, std::uint64_t percent) {
  const auto part = [percent](std::uint64_t busy) { return (busy * percent + 99) / 100; };
  return {
      static_cast<std::uint32_t>(role_count * std::min(part(busy_at(load, cost.setup)),
                                                       advised_instances_max / role_count)),
      static_cast<std::uint32_t>(std::min(part(busy_at(load, cost.computing)), advised_cores_max))};
}

class FleetFinder {
 public:
  FleetFinder(const CapacityVariant& variant, const Load& load, LoadTester& tester)
      : variant_(variant), tester_(tester) {
    advice_.load = load;
  }

  FleetAdvice run(const EscrowCost& cost) {
    FleetSize smaller;
    for (const std::uint64_t percent : tried_percent) {
      const FleetSize size = scaled(advice_.load, cost, percent);
      if (carries(size)) break;
      smaller = size;
    }
    if (advice_.fleet && smaller.instances > 0) {
      const FleetSize found = *advice_.fleet;
      carries({smaller.instances, found.cores});
      carries({advice_.fleet->instances, smaller.cores});
    }
    return std::move(advice_);
  }

 private:
  bool carries(const FleetSize& size) {
    if (tester_.stopped()) return false;
    CapacityVariant variant = variant_;
    variant.scenario.fleet.instances = size.instances;
    variant.scenario.fleet.cores = size.cores;
    LoadTrial trial = tester_.until_failure(
        variant, advice_.load,
        std::to_string(size.instances) + " instances on " + std::to_string(size.cores) + " cores");
    if (tester_.stopped()) return false;
    const bool holds = trial.holds();
    if (!holds && advice_.fleet) return false;
    advice_.tried = size;
    advice_.trial = std::move(trial);
    if (holds) advice_.fleet = size;
    return holds;
  }

  const CapacityVariant& variant_;
  LoadTester& tester_;
  FleetAdvice advice_;
};

}  // namespace

FleetAdvice advise_fleet(const CapacityVariant& variant, const Load& load, const EscrowCost& cost,
                         LoadTester& tester) {
  return FleetFinder(variant, load, tester).run(cost);
}

}  // namespace escrowstorm::sim
