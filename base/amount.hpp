// Money: a count of atomic units (piconero), 10^12 of them in one XMR. Never floating point.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

namespace escrowstorm {

class Amount {
 public:
  static constexpr std::uint64_t per_xmr = 1'000'000'000'000;

  constexpr Amount() = default;
  static constexpr Amount from_atomic(std::uint64_t units) { return Amount(units); }

  constexpr std::uint64_t atomic() const { return units_; }

  // Nothing on overflow.
  std::optional<Amount> plus(Amount other) const;
  // Nothing when `other` is more.
  std::optional<Amount> minus(Amount other) const;

  friend constexpr auto operator<=>(Amount, Amount) = default;

 private:
  constexpr explicit Amount(std::uint64_t units) : units_(units) {}
  std::uint64_t units_ = 0;
};

}  // namespace escrowstorm
