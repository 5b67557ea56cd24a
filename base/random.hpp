// Seam: the only source of chance. A Random is a seed; each consumer draws from a stream of its own
// name, so that a new consumer does not reshuffle the draws of the others. The same seed and name
// give the same draws on every machine and compiler.
//
// Generator: xoshiro256** 1.0 (Blackman, Vigna, "Scrambled linear pseudorandom number generators",
// 2018), seeded by splitmix64 of the seed and an FNV-1a hash of the name.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace escrowstorm {

// Not thread-safe; owned by its consumer.
class RandomStream {
 public:
  explicit RandomStream(std::uint64_t seed);

  std::uint64_t next();

  // Uniform in [0, bound), without bias. REQUIRES: bound > 0.
  std::uint64_t below(std::uint64_t bound);

  // True with probability numerator / denominator. REQUIRES: denominator > 0.
  bool chance(std::uint64_t numerator, std::uint64_t denominator) {
    return below(denominator) < numerator;
  }

  void fill(std::span<unsigned char> bytes);

 private:
  std::array<std::uint64_t, 4> state_;
};

class Random {
 public:
  explicit Random(std::uint64_t seed) : seed_(seed) {}

  std::uint64_t seed() const { return seed_; }

  // Two calls with one name give two streams with the same draws: ask once and keep it.
  RandomStream stream(std::string_view name) const;
  RandomStream stream(std::string_view name, std::uint64_t index) const;

 private:
  std::uint64_t seed_;
};

}  // namespace escrowstorm
