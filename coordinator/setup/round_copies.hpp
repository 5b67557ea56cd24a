// Copies of wallet files that are made before each round of the key exchange, so that a round whose
// wallets are lost, or have answered to nobody, can be done again from where it began. The third
// of the founding notes has them, but opens the copies themselves: then nothing is left to go back
// to. Here each is copied once more when it is needed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "coordinator/setup/phase.hpp"

namespace escrowstorm::coordinator {

// Before which round copies are made as this phase ends; nothing: before none.
constexpr std::optional<Phase> copies_for_after(Phase phase) {
  switch (phase) {
    case Phase::label:
      return Phase::make;
    case Phase::make:
      return Phase::exchange_1;
    case Phase::exchange_1:
      return Phase::exchange_2;
    default:
      return std::nullopt;
  }
}

// The round that an escrow whose record is in this phase goes back to; nothing: it can't. What came
// after the last round is done again with it.
constexpr std::optional<Phase> round_to_go_back_to(Phase phase) {
  switch (phase) {
    case Phase::make:
    case Phase::exchange_1:
    case Phase::exchange_2:
      return phase;
    case Phase::check:
    case Phase::reopen:
      return Phase::exchange_2;
    default:
      return std::nullopt;
  }
}

// The file name of the copy that a round begins with: "escrow_7_buyer-make_input".
std::string input_copy_name(std::string_view wallet_file, Phase round);

}  // namespace escrowstorm::coordinator
