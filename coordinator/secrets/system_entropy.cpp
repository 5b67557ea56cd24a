#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "coordinator/secrets/entropy.hpp"

namespace escrowstorm::coordinator {

void SystemEntropy::fill(std::span<unsigned char> bytes) {
  constexpr std::size_t at_once = 256;  // more is refused
  while (!bytes.empty()) {
    const std::span<unsigned char> part = bytes.first(std::min(bytes.size(), at_once));
    if (::getentropy(part.data(), part.size()) != 0)
      throw std::system_error(errno, std::generic_category(), "getentropy");
    bytes = bytes.subspan(part.size());
  }
}

}  // namespace escrowstorm::coordinator
