// One storm in a world that is made for it, with a private folder, and gone with it.
#pragma once

#include <functional>
#include <vector>

#include "base/observer.hpp"
#include "sim/metrics/summary.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {

// The world is the scenario's; `options` has all that it needs but the folder and what watches it.
// `tick` is called about five times a second, with the time in the world. The summary has no
// digest, which is its trace's. Throws WorldError; the world's programs and files are gone when
// this returns or throws.
Summary run_in_world(const Scenario& scenario, WorldOptions options,
                     const std::vector<Observer*>& observers,
                     const std::function<void(TimePoint now)>& tick);

}  // namespace escrowstorm::sim
