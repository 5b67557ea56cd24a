#include "sim/capacity/most_carried.hpp"

#include <algorithm>
#include <utility>

namespace escrowstorm::sim {
namespace {

class LoadBisection {
 public:
  LoadBisection(const CapacityVariant& variant, LoadKind kind, LoadTester& tester)
      : variant_(variant), tester_(tester) {
    result_.kind = kind;
  }

  MostCarried run(const SearchRange& range) {
    try_size(range.start);
    while (!tester_.stopped() && !result_.failed && result_.carried < range.most)
      try_size(std::min(2 * result_.carried, range.most));
    while (!tester_.stopped() && result_.carried == 0 && *result_.failed > 1)
      try_size(*result_.failed / 2);
    while (!tester_.stopped() && result_.failed && gap() > step(range)) try_size(middle());
    return std::move(result_);
  }

 private:
  std::uint64_t gap() const { return *result_.failed - result_.carried; }
  std::uint64_t step(const SearchRange& range) const {
    return std::max<std::uint64_t>(1, result_.carried * range.step_percent / 100);
  }
  std::uint64_t middle() const { return result_.carried + gap() / 2; }

  void try_size(std::uint64_t size) {
    LoadTrial trial = tester_.until_failure(variant_, {result_.kind, size}, "");
    if (tester_.stopped()) return;
    if (trial.holds()) {
      result_.carried = size;
      result_.at_carried = std::move(trial);
    } else {
      result_.failed = size;
      result_.at_failed = std::move(trial);
    }
  }

  const CapacityVariant& variant_;
  LoadTester& tester_;
  MostCarried result_;
};

}  // namespace

MostCarried find_most_carried(const CapacityVariant& variant, LoadKind kind,
                              const SearchRange& range, LoadTester& tester) {
  return LoadBisection(variant, kind, tester).run(range);
}

}  // namespace escrowstorm::sim
