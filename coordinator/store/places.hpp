// Where a sealed value belongs, in words: sealed with it, and said when it is found changed.
#pragma once

#include <string>
#include <string_view>

#include "base/observer.hpp"
#include "base/role.hpp"

namespace escrowstorm::coordinator {

inline std::string place_of(EscrowId escrow, std::string_view what) {
  std::string place = "escrow " + std::to_string(escrow) + ": ";
  place += what;
  return place;
}

inline std::string place_of(EscrowId escrow, std::uint32_t attempt, Role role,
                            std::string_view what) {
  std::string place = "escrow " + std::to_string(escrow) + ", attempt " + std::to_string(attempt);
  place += ", ";
  place += name_of(role);
  place += ": ";
  place += what;
  return place;
}

inline std::string changed(const std::string& place) {
  return place +
         " is not what was sealed there: the file was damaged or changed, put back a copy that is "
         "whole";
}

}  // namespace escrowstorm::coordinator
