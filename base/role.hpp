// The three parties of a 2-of-3 escrow.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace escrowstorm {

enum class Role : unsigned char { buyer, vendor, arbiter };

inline constexpr std::size_t role_count = 3;
inline constexpr std::array<Role, role_count> all_roles{Role::buyer, Role::vendor, Role::arbiter};

constexpr std::size_t index_of(Role role) { return static_cast<std::size_t>(role); }

constexpr std::string_view name_of(Role role) {
  constexpr std::array<std::string_view, role_count> names{"buyer", "vendor", "arbiter"};
  return names[index_of(role)];
}

}  // namespace escrowstorm
