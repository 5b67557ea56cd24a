#include "sim/virtual/scheduler.hpp"

#include <algorithm>
#include <array>

#include "sim/virtual/fifo_scheduler.hpp"
#include "sim/virtual/random_scheduler.hpp"
#include "sim/virtual/starve_scheduler.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::array kinds{
    SchedulerKind{"fifo",
                  [](RandomStream, std::uint64_t) -> std::unique_ptr<Scheduler> {
                    return std::make_unique<FifoScheduler>();
                  }},
    SchedulerKind{"random",
                  [](RandomStream random, std::uint64_t choices) -> std::unique_ptr<Scheduler> {
                    return std::make_unique<RandomScheduler>(random, choices);
                  }},
    SchedulerKind{"starve",
                  [](RandomStream random, std::uint64_t choices) -> std::unique_ptr<Scheduler> {
                    return std::make_unique<StarveScheduler>(random, choices);
                  }},
};

}  // namespace

std::span<const SchedulerKind> schedulers() { return kinds; }

const SchedulerKind* find_scheduler(std::string_view name) {
  const auto at = std::find_if(kinds.begin(), kinds.end(),
                               [&](const SchedulerKind& kind) { return kind.name == name; });
  return at == kinds.end() ? nullptr : &*at;
}

}  // namespace escrowstorm::sim
