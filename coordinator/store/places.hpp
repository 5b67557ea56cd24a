// Where a sealed value belongs, in words: sealed with it, and said when it is found changed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/observer.hpp"
#include "base/role.hpp"

namespace escrowstorm::coordinator {

inline constexpr std::size_t place_characters_usual = 80;

inline std::string place_of(EscrowId escrow, std::string_view what) {
  std::string place;
  place.reserve(place_characters_usual);
  place.append("escrow ").append(std::to_string(escrow)).append(": ").append(what);
  return place;
}

inline std::string place_of(EscrowId escrow, std::uint32_t attempt, Role role,
                            std::string_view what) {
  std::string place;
  place.reserve(place_characters_usual);
  place.append("escrow ").append(std::to_string(escrow));
  place.append(", attempt ").append(std::to_string(attempt));
  place.append(", ").append(name_of(role)).append(": ").append(what);
  return place;
}

inline std::string changed(const std::string& place) {
  return place +
         " is not what was sealed there: the file was damaged or changed, put back a copy that is "
         "whole";
}

}  // namespace escrowstorm::coordinator
