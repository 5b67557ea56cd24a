// Whether another world agrees with what an ablation found in the virtual one: the variants that
// its verdicts rest on are run there, in real time, a few times each.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/ablate/ablation.hpp"
#include "sim/ablate/trial.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

struct Variant {
  std::string name;
  Scenario scenario;
  bool holds = false;  // in the virtual world
};

// As it is; without each wait and lock that there is a verdict on; and the least that holds, where
// that is none of these.
std::vector<Variant> deciding_variants(const Scenario& scenario, const Ablation& ablation);

struct ConfirmedVariant {
  std::string name;
  bool holds = false;  // in the virtual world
  Trial seen;          // up to the first failure

  // One that should fail need not do so in every run: not having seen it is no agreement yet.
  bool agrees() const { return seen.holds() == holds && !seen.cut_short; }
};

struct Confirmation {
  std::string world;
  std::vector<ConfirmedVariant> variants;
  bool cut_short = false;

  bool agrees() const;
};

struct ConfirmationOptions {
  std::string world;
  std::uint64_t first_seed = 1;
  std::uint64_t runs = 1;  // of each variant
};

// One run. Nothing: it was interrupted.
using RunOnce = std::function<std::optional<RunResult>(const Scenario&, const std::string& what)>;

// `go_on` is asked before each run; false: enough. What `run` throws comes out here.
Confirmation confirm(const std::vector<Variant>& variants, const ConfirmationOptions& options,
                     const RunOnce& run, const std::function<bool()>& go_on);

}  // namespace escrowstorm::sim
