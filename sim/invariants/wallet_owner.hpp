// Whose a wallet file is, by its name: "<prefix>_<escrow>_<role>", with "_<attempt>" from the
// second attempt on, and "-<copy>" where it is a copy of another.
#pragma once

#include <string>
#include <string_view>

#include "base/call_for.hpp"

namespace escrowstorm::sim {

bool is_wallet_of(std::string_view wallet, std::string_view prefix, const CallFor& owner);

// "wallet escrow_3_buyer", or "no wallet".
std::string wallet_text(std::string_view wallet);

// "escrow 3's buyer"
std::string owner_text(const CallFor& owner);

}  // namespace escrowstorm::sim
