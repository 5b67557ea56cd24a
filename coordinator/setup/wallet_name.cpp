#include "coordinator/setup/wallet_name.hpp"

#include <charconv>

namespace escrowstorm::coordinator {

std::string wallet_name(std::string_view prefix, EscrowId escrow, Role role) {
  std::string name(prefix);
  name += '_';
  name += std::to_string(escrow);
  name += '_';
  name += name_of(role);
  return name;
}

std::optional<EscrowId> escrow_of_wallet(std::string_view prefix, std::string_view label) {
  if (!label.starts_with(prefix)) return std::nullopt;
  label.remove_prefix(prefix.size());
  if (!label.starts_with('_')) return std::nullopt;
  label.remove_prefix(1);

  EscrowId escrow = 0;
  const char* const end = label.data() + label.size();
  const auto [digits_end, error] = std::from_chars(label.data(), end, escrow);
  if (error != std::errc()) return std::nullopt;
  const std::string_view rest(digits_end, static_cast<std::size_t>(end - digits_end));
  for (const Role role : all_roles) {
    if (rest.size() == name_of(role).size() + 1 && rest[0] == '_' && rest.ends_with(name_of(role)))
      return escrow;
  }
  return std::nullopt;
}

}  // namespace escrowstorm::coordinator
