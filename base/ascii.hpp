// Characters as HTTP and JSON see them: ASCII, whatever the locale.
#pragma once

#include <algorithm>
#include <string_view>

namespace escrowstorm::ascii {

constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr bool equal_without_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}

constexpr bool starts_without_case(std::string_view text, std::string_view with) {
  return equal_without_case(text.substr(0, with.size()), with);
}

}  // namespace escrowstorm::ascii
