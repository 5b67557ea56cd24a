// Where a fault strikes: the instance or the wallet file of the call that triggers it, or what is
// drawn where no call does. A fault of the whole world has neither.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace escrowstorm::sim {

struct FaultSite {
  std::optional<std::uint32_t> instance;
  std::string wallet;

  friend auto operator<=>(const FaultSite&, const FaultSite&) = default;
};

}  // namespace escrowstorm::sim
