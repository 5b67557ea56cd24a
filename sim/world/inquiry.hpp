// What those share who ask a fleet something before it is used. Pure functions.
#pragma once

#include <string>

#include "base/time.hpp"
#include "base/transport.hpp"

namespace escrowstorm::sim {

// An instance may be making a wallet for somebody, or refreshing.
inline constexpr Duration answer_time_max = std::chrono::seconds(30);

// Fit for one line of a terminal: "refused: cannot connect ...", "-1 Failed to open wallet".
std::string in_words(const CallError& error);

bool no_wallet_open(const CallError& error);

}  // namespace escrowstorm::sim
