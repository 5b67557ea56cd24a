#include "sim/process/entropy.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace escrowstorm::sim {

std::string unique_id() {
  std::array<unsigned char, 8> bytes{};
  if (::getentropy(bytes.data(), bytes.size()) != 0) {
    throw std::system_error(errno, std::generic_category(), "getentropy");
  }
  std::string id;
  for (const unsigned char byte : bytes) {
    id += "0123456789abcdef"[byte >> 4];
    id += "0123456789abcdef"[byte & 15];
  }
  return id;
}

}  // namespace escrowstorm::sim
