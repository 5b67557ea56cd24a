// Ports on 127.0.0.1 for programs that are about to be started, kept for them: each is bound, not
// listened on, and open to reuse, so that the program can take it while nobody who asks for it
// exclusively can, another run with the same seed least of all. Below the ephemeral range.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "sim/process/unique_fd.hpp"

namespace escrowstorm::sim {

class LoopbackPorts {
 public:
  static constexpr std::uint16_t first = 20000;
  static constexpr std::uint16_t last = 31999;

  // `count` different free ports, chosen by `random`. Throws std::system_error when there are not
  // so many.
  LoopbackPorts(std::size_t count, RandomStream& random);

  std::size_t size() const { return kept_.size(); }
  std::uint16_t operator[](std::size_t i) const { return kept_[i].port; }

  // Another one instead of port i, which turned out to be taken by a program that shares ports.
  void replace(std::size_t i, RandomStream& random);

 private:
  struct Kept {
    std::uint16_t port = 0;
    UniqueFd socket;
  };
  static Kept keep_one(RandomStream& random);

  std::vector<Kept> kept_;
};

}  // namespace escrowstorm::sim
