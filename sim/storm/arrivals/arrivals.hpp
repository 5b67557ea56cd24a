// When escrows are due, whatever became of those before: an open storm. Pure: no clock, and no
// chance but the stream that it was made with, so a seed gives the same times on every machine.
#pragma once

#include "base/time.hpp"

namespace escrowstorm::sim {

class Arrivals {
 public:
  virtual ~Arrivals() = default;

  // Since the storm began; never before the one it gave last. REQUIRES: asked for no more than
  // escrows_max times, and not beyond the end of a file of times.
  virtual Duration next() = 0;
};

}  // namespace escrowstorm::sim
