// An account and an address in it; 0, 0 is the wallet's own address. A value.
#pragma once

#include <compare>
#include <cstdint>

namespace escrowstorm::mockrpc {

struct SubaddressIndex {
  std::uint32_t account = 0;
  std::uint32_t address = 0;

  friend auto operator<=>(const SubaddressIndex&, const SubaddressIndex&) = default;
};

}  // namespace escrowstorm::mockrpc
