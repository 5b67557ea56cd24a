#include "base/call_for.hpp"

#include <charconv>

namespace escrowstorm {

std::string to_string(const CallFor& whom) {
  std::string text = std::to_string(whom.escrow);
  text += '/';
  text += name_of(whom.role);
  return text;
}

std::optional<CallFor> parse_call_for(std::string_view text) {
  CallFor whom;
  const char* const end = text.data() + text.size();
  const auto [digits_end, error] = std::from_chars(text.data(), end, whom.escrow);
  if (error != std::errc() || digits_end == end || *digits_end != '/') return std::nullopt;
  const std::string_view role(digits_end + 1, static_cast<std::size_t>(end - digits_end - 1));
  for (const Role each : all_roles) {
    whom.role = each;
    if (name_of(each) == role) return whom;
  }
  return std::nullopt;
}

}  // namespace escrowstorm
