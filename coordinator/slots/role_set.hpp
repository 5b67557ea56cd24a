// Some of the three roles, a value; iterated in the order of the roles.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "base/role.hpp"

namespace escrowstorm::coordinator {

class RoleSet {
 public:
  constexpr RoleSet() = default;  // empty
  static constexpr RoleSet all() { return RoleSet((1U << role_count) - 1); }
  static constexpr RoleSet only(Role role) { return RoleSet(bit_of(role)); }

  constexpr bool has(Role role) const { return (bits_ & bit_of(role)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr std::size_t size() const { return static_cast<std::size_t>(std::popcount(bits_)); }

  constexpr void add(Role role) { bits_ |= bit_of(role); }
  constexpr void remove(Role role) { bits_ &= ~bit_of(role); }

  class Iterator {
   public:
    using value_type = Role;
    using reference = Role;
    using pointer = void;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;

    constexpr explicit Iterator(std::uint32_t rest) : rest_(rest) {}
    constexpr Role operator*() const { return static_cast<Role>(std::countr_zero(rest_)); }
    constexpr Iterator& operator++() {
      rest_ &= rest_ - 1;
      return *this;
    }
    constexpr Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    friend constexpr bool operator==(const Iterator&, const Iterator&) = default;

   private:
    std::uint32_t rest_;  // of the set, this role first
  };
  constexpr Iterator begin() const { return Iterator(bits_); }
  constexpr Iterator end() const { return Iterator(0); }

  friend constexpr bool operator==(const RoleSet&, const RoleSet&) = default;

 private:
  constexpr explicit RoleSet(std::uint32_t bits) : bits_(bits) {}
  static constexpr std::uint32_t bit_of(Role role) { return 1U << index_of(role); }

  std::uint32_t bits_ = 0;
};

}  // namespace escrowstorm::coordinator
