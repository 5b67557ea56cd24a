// Seam: chance that nobody may guess, for what guards money: passwords, salts, keys. Where wallets
// are real it is the machine's. In virtual time and on the mock it is a stream of the run's seed,
// so that a run is the same again. Nothing is ever decided by it.
//
// One thread at a time.
#pragma once

#include <span>

#include "base/random.hpp"

namespace escrowstorm::coordinator {

class Entropy {
 public:
  virtual ~Entropy() = default;

  virtual void fill(std::span<unsigned char> bytes) = 0;
};

// The machine's. Throws std::system_error where it has none.
class SystemEntropy final : public Entropy {
 public:
  void fill(std::span<unsigned char> bytes) override;
};

// Of a seed that everybody knows: where there is no money.
class SeededEntropy final : public Entropy {
 public:
  explicit SeededEntropy(RandomStream random) : random_(random) {}

  void fill(std::span<unsigned char> bytes) override { random_.fill(bytes); }

 private:
  RandomStream random_;
};

}  // namespace escrowstorm::coordinator
