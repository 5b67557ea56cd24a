#include "base/random.hpp"

#include <bit>

namespace escrowstorm {
namespace {

std::uint64_t splitmix64(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed) {
  for (auto& word : state_) word = splitmix64(seed);
}

std::uint64_t RandomStream::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t t = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

std::uint64_t RandomStream::below(std::uint64_t bound) {
  const std::uint64_t uneven = (0 - bound) % bound;  // 2^64 mod bound: the draws that would bias
  std::uint64_t draw = next();
  while (draw < uneven) draw = next();
  return draw % bound;
}

void RandomStream::fill(std::span<unsigned char> bytes) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i % 8 == 0) word = next();
    bytes[i] = static_cast<unsigned char>(word >> (i % 8 * 8));
  }
}

RandomStream Random::stream(std::string_view name) const {
  std::uint64_t state = seed_ ^ fnv1a(name);
  return RandomStream(splitmix64(state));
}

RandomStream Random::stream(std::string_view name, std::uint64_t index) const {
  std::uint64_t state = seed_ ^ fnv1a(name);
  state = splitmix64(state) + index;
  return RandomStream(splitmix64(state));
}

}  // namespace escrowstorm
