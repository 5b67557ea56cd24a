#include "base/amount.hpp"

#include <algorithm>
#include <limits>

namespace escrowstorm {
namespace {

constexpr std::size_t places_max = 12;

bool append_digit(std::uint64_t& value, char c) {
  if (c < '0' || c > '9') return false;
  const std::uint64_t digit = static_cast<std::uint64_t>(c - '0');
  if (value > (std::numeric_limits<std::uint64_t>::max() - digit) / 10) return false;
  value = value * 10 + digit;
  return true;
}

}  // namespace

std::optional<Amount> Amount::parse_xmr(std::string_view text) {
  const auto point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view places = point == text.npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty() || places.size() > places_max) return std::nullopt;
  if (point != text.npos && places.empty()) return std::nullopt;

  std::uint64_t units = 0;
  for (const char c : whole)
    if (!append_digit(units, c)) return std::nullopt;
  for (std::size_t i = 0; i < places_max; ++i)
    if (!append_digit(units, i < places.size() ? places[i] : '0')) return std::nullopt;
  return Amount(units);
}

std::string Amount::to_xmr() const {
  std::string places = std::to_string(units_ % per_xmr);
  places.insert(0, places_max - places.size(), '0');
  places.erase(std::find_if(places.rbegin(), places.rend(), [](char c) { return c != '0'; }).base(),
               places.end());
  const std::string whole = std::to_string(units_ / per_xmr);
  return places.empty() ? whole : whole + "." + places;
}

std::optional<Amount> Amount::plus(Amount other) const {
  if (units_ > std::numeric_limits<std::uint64_t>::max() - other.units_) return std::nullopt;
  return Amount(units_ + other.units_);
}

std::optional<Amount> Amount::minus(Amount other) const {
  if (other.units_ > units_) return std::nullopt;
  return Amount(units_ - other.units_);
}

}  // namespace escrowstorm
