// Tries loads on a scenario and variants of it, all with the same seeds, and says what is tried
// while it is. Once it was told that it is enough, nothing more is tried.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "sim/capacity/load.hpp"
#include "sim/capacity/load_trial.hpp"

namespace escrowstorm::sim {

struct LoadTestOptions {
  std::uint64_t first_seed = 1;
  std::uint64_t runs = 5;  // of each load that is carried
  unsigned jobs = 1;
  std::optional<std::uint32_t> escrows;  // in each run; nothing: as many as it takes
};

// What is tried now and how many runs of it are done. False: enough.
using LoadProgress = std::function<bool(const std::string& what, std::uint64_t runs)>;

class LoadTester {
 public:
  // Both outlive it.
  LoadTester(const LoadTestOptions& options, const LoadProgress& progress)
      : options_(options), progress_(progress), length_{options.escrows, {}, {}} {}

  // About how long an escrow takes: a load per minute has enough of them to become steady.
  void set_length(Duration setup, Duration life) {
    length_.setup = setup;
    length_.life = life;
  }
  const LoadLength& length() const { return length_; }

  // Up to the first run that falls short.
  LoadTrial until_failure(const CapacityVariant& variant, const Load& load,
                          const std::string& what) {
    return try_one(variant, load, what, false);
  }
  // All of them, for figures that can be compared.
  LoadTrial to_the_end(const CapacityVariant& variant, const Load& load, const std::string& what) {
    return try_one(variant, load, what, true);
  }

  bool stopped() const { return stopped_; }

 private:
  LoadTrial try_one(CapacityVariant variant, const Load& load, const std::string& what,
                    bool to_the_end);

  const LoadTestOptions& options_;
  const LoadProgress& progress_;
  LoadLength length_;
  bool stopped_ = false;
};

}  // namespace escrowstorm::sim
