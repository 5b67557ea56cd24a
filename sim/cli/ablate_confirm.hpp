// How `ablate --confirm` runs a variant in a world of real time.
#pragma once

#include "sim/ablate/confirmation.hpp"
#include "sim/cli/search_status.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {

// Both outlive what is returned. It throws WorldError.
RunOnce runs_in_world(const WorldOptions& options, SearchStatus& status);

}  // namespace escrowstorm::sim
