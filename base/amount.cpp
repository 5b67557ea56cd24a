#include "base/amount.hpp"

#include <limits>

namespace escrowstorm {

std::optional<Amount> Amount::plus(Amount other) const {
  if (units_ > std::numeric_limits<std::uint64_t>::max() - other.units_) return std::nullopt;
  return Amount(units_ + other.units_);
}

std::optional<Amount> Amount::minus(Amount other) const {
  if (other.units_ > units_) return std::nullopt;
  return Amount(units_ - other.units_);
}

}  // namespace escrowstorm
