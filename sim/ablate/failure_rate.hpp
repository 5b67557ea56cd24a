// How often something fails, as far as so many runs can tell. The bounds are exact (Clopper and
// Pearson 1934), each alone right in at least 95 of 100 cases, whatever the rate is. They hold for
// a number of runs that was fixed before, and for no failure in all of them: not where somebody
// stopped because of what was seen.
#pragma once

#include <cstdint>
#include <string>

namespace escrowstorm::sim {

struct FailureRate {
  std::uint64_t runs = 0;
  std::uint64_t failures = 0;

  // Both within 0 and 1; of no runs: 1 and 0.
  double at_most() const;
  double at_least() const;
};

// "no failure in 1000 runs: below 0.3 %", "7 failures in 100 runs: 3.3 % to 12.8 %".
std::string rate_text(const FailureRate& rate);

}  // namespace escrowstorm::sim
