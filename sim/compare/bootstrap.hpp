// How far a number would scatter if what it was measured on had come by chance once more: the
// bootstrap's standard error. The units (the runs of a set, groups of a run's escrows) are drawn
// with replacement as often as there are; a resample is how often each was drawn.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/random.hpp"

namespace escrowstorm::sim {

class Resamples {
 public:
  // REQUIRES: units > 0.
  Resamples(RandomStream random, std::size_t units, std::size_t count);

  std::size_t units() const { return units_; }
  std::size_t count() const { return drawn_.size() / units_; }
  std::span<const std::uint32_t> operator[](std::size_t resample) const {
    return std::span(drawn_).subspan(resample * units_, units_);
  }

 private:
  std::size_t units_;
  std::vector<std::uint32_t> drawn_;  // a resample behind the other
};

// Puts what was measured on one resample into `out`, or says that it has nothing to measure.
using Measure = std::function<bool(std::span<const std::uint32_t> drawn, std::span<double> out)>;

// Of `numbers` numbers that are measured at once. Of few units the bootstrap's is too small, by a
// factor that is known and made up for. REQUIRES: resamples.units() > 1.
std::vector<double> standard_errors(const Resamples& resamples, std::size_t numbers,
                                    const Measure& measure);

}  // namespace escrowstorm::sim
