#include "sim/explore/swarm.hpp"

#include <algorithm>
#include <stdexcept>
#include <variant>

#include "base/random.hpp"
#include "sim/scenario/with_values.hpp"
#include "sim/virtual/scheduler.hpp"

namespace escrowstorm::sim {
namespace {

// Each value was tried when the file was read; two of them together may still be refused.
Scenario with_policies(const Scenario& scenario, const std::vector<Override>& values) {
  auto read = with_values(scenario, values);
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read))
    throw std::runtime_error("swarm: " + errors->front());
  return std::get<Scenario>(std::move(read));
}

std::vector<Override> draw_policies(const SwarmSection& swarm, RandomStream& random) {
  std::vector<Override> values;
  for (const SwarmPolicy& policy : swarm.policies) {
    const std::string& value = policy.values[random.below(policy.values.size())];
    values.push_back({"swarm " + policy.path, policy.path, value});
  }
  return values;
}

// Between a 16th and all of it, each doubling as likely as another.
template <class Number>
Number weakened(Number full, RandomStream& random) {
  return static_cast<Number>(full >> random.below(5));
}

Duration weakened(Duration full, RandomStream& random) {
  return Duration(weakened(static_cast<std::uint64_t>(full.count()), random));
}

// Less is no value of a scenario.
constexpr Duration lasts_min = std::chrono::milliseconds(1);

void weaken(FaultSpec& fault, RandomStream& random) {
  if (auto& ppm = fault.trigger.probability_ppm) ppm = std::max(weakened(*ppm, random), 1u);
  const auto halvings = random.below(5);  // of both, so that they stay apart as they were
  for (Duration* delay : {&fault.parameters.delay, &fault.parameters.up_to})
    *delay = Duration(delay->count() >> halvings);
  fault.parameters.restart_after = weakened(fault.parameters.restart_after, random);
  // Only where it is one of its parameters: a seed means the same whatever faults there are.
  if (Duration& resume_after = fault.parameters.resume_after; resume_after > Duration::zero())
    resume_after = weakened(resume_after, random);
  if (Duration& lasts = fault.parameters.lasts; lasts > Duration::zero())
    lasts = std::max(weakened(lasts, random), std::min(lasts, lasts_min));
}

bool draws(const SwarmSection& swarm, std::string_view path) {
  return std::any_of(swarm.policies.begin(), swarm.policies.end(),
                     [&](const SwarmPolicy& policy) { return policy.path == path; });
}

}  // namespace

Scenario draw(const Scenario& scenario, std::uint64_t seed) {
  RandomStream random = Random(seed).stream("swarm");
  Scenario drawn = scenario;
  drawn.swarm = SwarmSection();
  drawn.thresholds.clear();  // invariants are looked for
  drawn.expect.reset();
  drawn = with_policies(drawn, draw_policies(scenario.swarm, random));
  drawn.seed = seed;
  drawn.world = "virtual";
  for (const FaultSpec& fault : scenario.swarm.faults) {
    if (!random.chance(1, 2)) continue;
    weaken(drawn.faults.emplace_back(fault), random);
  }
  if (!draws(scenario.swarm, "schedule") && scenario.schedule == "fifo")
    drawn.schedule = schedulers()[random.below(schedulers().size())].name;
  return drawn;
}

}  // namespace escrowstorm::sim
