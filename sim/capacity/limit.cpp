#include "sim/capacity/limit.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace escrowstorm::sim {
namespace {

class LimitFinder {
 public:
  LimitFinder(const CapacityVariant& variant, const Load& load, LoadTester& tester)
      : variant_(variant), tester_(tester) {
    result_.load = load;
  }

  Limit run() {
    result_.as_is = tester_.to_the_end(variant_, result_.load, "as it is");
    for (const Relief& relief : reliefs())
      if (relief.applies(variant_.scenario) && !tester_.stopped())
        result_.alone.push_back({&relief, try_with({&relief}, std::string(relief.part))});
    if (tester_.stopped() || !result_.as_is.shortfall) return std::move(result_);
    name_those_that_do();
    if (result_.parts.empty()) find_few_together();
    return std::move(result_);
  }

 private:
  LoadTrial try_with(const std::vector<const Relief*>& some, const std::string& what) {
    CapacityVariant variant = variant_;
    for (const Relief* relief : some) relief->relieve(variant);
    return tester_.to_the_end(variant, result_.load, what + " relieved");
  }

  // Of what fell short as it is; the less the better, since it fell short by being too much.
  double left_over(const LoadTrial& trial) const {
    const ThresholdResult* result = trial.criterion(result_.as_is.shortfall->criterion);
    return result && result->actual ? *result->actual : std::numeric_limits<double>::max();
  }

  void name_those_that_do() {
    std::vector<const ReliefTrial*> those;
    for (const ReliefTrial& one : result_.alone)
      if (one.trial.holds()) those.push_back(&one);
    std::stable_sort(those.begin(), those.end(), [this](const auto* a, const auto* b) {
      return left_over(a->trial) < left_over(b->trial);
    });
    for (const ReliefTrial* one : those) result_.parts.push_back(one->relief);
  }

  // All of them, then without each that is not missed.
  void find_few_together() {
    std::vector<const Relief*> few;
    for (const ReliefTrial& one : result_.alone) few.push_back(one.relief);
    if (!try_with(few, "all").holds()) return;
    for (std::size_t i = few.size(); i-- > 0;) {
      std::vector<const Relief*> without = few;
      without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
      const bool missed =
          !try_with(without, "without " + std::string(few[i]->part) + " the others").holds();
      if (tester_.stopped()) return;
      if (!missed) few = std::move(without);
    }
    result_.parts = std::move(few);
    result_.together = true;
  }

  const CapacityVariant& variant_;
  LoadTester& tester_;
  Limit result_;
};

}  // namespace

Limit find_limit(const CapacityVariant& variant, const Load& load, LoadTester& tester) {
  return LimitFinder(variant, load, tester).run();
}

std::uint64_t size_beyond(std::uint64_t carried, std::uint64_t failed) {
  return std::max(failed, carried + (carried + 3) / 4);
}

}  // namespace escrowstorm::sim
