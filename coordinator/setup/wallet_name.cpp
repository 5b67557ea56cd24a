#include "coordinator/setup/wallet_name.hpp"

#include <charconv>

namespace escrowstorm::coordinator {

namespace {

// A number at the front of `text`, taken off it.
template <class Number>
std::optional<Number> take_number(std::string_view& text) {
  Number number = 0;
  const char* const end = text.data() + text.size();
  const auto [digits_end, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(digits_end - text.data()));
  return number;
}

bool take(std::string_view& text, std::string_view front) {
  if (!text.starts_with(front)) return false;
  text.remove_prefix(front.size());
  return true;
}

}  // namespace

std::string wallet_name(std::string_view prefix, EscrowId escrow, Role role,
                        std::uint32_t attempt) {
  std::string name(prefix);
  name += '_';
  name += std::to_string(escrow);
  name += '_';
  name += name_of(role);
  if (attempt > 1) name += '_' + std::to_string(attempt);
  return name;
}

std::string_view wallet_of_file(std::string_view file) { return file.substr(0, file.find('-')); }

bool is_copy_name(std::string_view file) { return file.find('-') != file.npos; }

std::string next_copy_name(std::string_view file) {
  const std::string_view wallet = wallet_of_file(file);
  std::string_view rest = file.substr(wallet.size());
  const auto last = take(rest, "-") ? take_number<std::uint32_t>(rest) : 1;
  return std::string(wallet) + '-' + std::to_string(last.value_or(1) + 1);
}

std::optional<EscrowId> escrow_of_wallet(std::string_view prefix, std::string_view label) {
  std::string_view rest = label;
  if (!take(rest, prefix) || !take(rest, "_")) return std::nullopt;
  const auto escrow = take_number<EscrowId>(rest);
  if (!escrow || !take(rest, "_")) return std::nullopt;
  for (const Role role : all_roles) {
    if (!take(rest, name_of(role))) continue;
    const auto attempt = take(rest, "_") ? take_number<std::uint32_t>(rest) : 1;
    // Written again, a number in another form shows.
    if (attempt && wallet_name(prefix, *escrow, role, *attempt) == label) return escrow;
    return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace escrowstorm::coordinator
