#include "sim/compare/bootstrap.hpp"

#include <algorithm>
#include <cmath>

namespace escrowstorm::sim {
namespace {

// Of numbers as they come, without losing digits where they are large and close (Welford).
class Scatter {
 public:
  void add(double value) {
    ++count_;
    const double off = value - mean_;
    mean_ += off / count_;
    squares_ += off * (value - mean_);
  }
  double deviation() const { return count_ == 0 ? 0 : std::sqrt(squares_ / count_); }

 private:
  double count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

}  // namespace

Resamples::Resamples(RandomStream random, std::size_t units, std::size_t count)
    : units_(units), drawn_(units * count) {
  for (std::size_t begin = 0; begin < drawn_.size(); begin += units)
    for (std::size_t draw = 0; draw < units; ++draw) ++drawn_[begin + random.below(units)];
}

std::vector<double> standard_errors(const Resamples& resamples, std::size_t numbers,
                                    const Measure& measure) {
  std::vector<Scatter> scatters(numbers);
  std::vector<double> measured(numbers);
  for (std::size_t i = 0; i < resamples.count(); ++i) {
    if (!measure(resamples[i], measured)) continue;
    for (std::size_t k = 0; k < numbers; ++k) scatters[k].add(measured[k]);
  }
  const auto units = static_cast<double>(resamples.units());
  std::vector<double> errors;
  errors.reserve(numbers);
  for (const Scatter& scatter : scatters)
    errors.push_back(scatter.deviation() * std::sqrt(units / (units - 1)));
  return errors;
}

}  // namespace escrowstorm::sim
