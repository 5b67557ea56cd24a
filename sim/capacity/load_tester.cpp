#include "sim/capacity/load_tester.hpp"

#include <utility>

namespace escrowstorm::sim {

LoadTrial LoadTester::try_one(CapacityVariant variant, const Load& load, const std::string& what,
                              bool to_the_end) {
  const std::string shown = load_text(load) + (what.empty() ? "" : ", " + what);
  stopped_ = stopped_ || !progress_(shown, 0);
  if (stopped_) {
    LoadTrial none;
    none.cut_short = true;
    return none;
  }
  variant.scenario = with_load(std::move(variant.scenario), load, length_);
  LoadTrial trial =
      try_load(variant, {options_.first_seed, options_.runs, options_.jobs}, to_the_end,
               [&](std::uint64_t runs) { return progress_(shown, runs); });
  stopped_ = trial.cut_short;
  return trial;
}

}  // namespace escrowstorm::sim
