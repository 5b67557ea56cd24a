// Policies and limits against what they break: the scenario with each slot policy, creation lock,
// order of rounds, way with sessions and number of instances instead of its own, one at a time, in
// as many runs each, under the same seeds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/ablate/ablation.hpp"
#include "sim/ablate/trial.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

struct PolicyRow {
  std::string key;    // "coordinator.slots"; empty: as it is
  std::string value;  // "shared_round_robin"
  Trial trial;
};

struct PolicyMatrix {
  std::vector<PolicyRow> rows;  // the first is the scenario as it is
  bool cut_short = false;

  // All that broke in any of them, by name.
  std::vector<std::string> broken() const;
};

struct MatrixOptions {
  std::uint64_t first_seed = 1;
  std::uint64_t runs = rate_runs_max;  // of each
  unsigned jobs = 1;
};

PolicyMatrix try_policies(const Scenario& scenario, const MatrixOptions& options,
                          const AblationProgress& progress);

}  // namespace escrowstorm::sim
