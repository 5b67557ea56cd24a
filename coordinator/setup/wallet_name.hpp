// How wallets are named, which is also the label kept in each: <prefix>_<escrow>_<role>, and
// <prefix>_<escrow>_<role>_<n> in the n-th attempt from the second on. The files of a wallet are
// named after it; those of a copy of it have "-<copy>" behind that. A copy keeps the label.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/observer.hpp"

namespace escrowstorm::coordinator {

// The attribute that holds the label.
inline constexpr std::string_view wallet_label_key = "escrowstorm.wallet";

std::string wallet_name(std::string_view prefix, EscrowId escrow, Role role,
                        std::uint32_t attempt = 1);

// The wallet whose files, or copies of whose files, are called so.
std::string_view wallet_of_file(std::string_view file);

// For the next copy in which a wallet goes on: "x-2" after "x", "x-3" after "x-2".
std::string next_copy_name(std::string_view file);

// Whether it is the name of a copy.
bool is_copy_name(std::string_view file);

// Whose wallet a label names. Nothing when it was not made by wallet_name() with this prefix;
// `label` may be any text.
std::optional<EscrowId> escrow_of_wallet(std::string_view prefix, std::string_view label);

}  // namespace escrowstorm::coordinator
