// What the coordinator keeps of the messages that wallets make for each other, of addresses and of
// payouts: a policy.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace escrowstorm::coordinator {

enum class Persistence : unsigned char {
  journal,         // each is in the database before it is used
  copy_per_round,  // the same, and the wallets' files are copied before each round: a set-up that
                   // was interrupted goes back to its round instead of starting over
  none,  // none is, nor an address before the set-up has ended, nor anything of a payout before it
         // is closed: a coordinator that dies has lost the round, or the address that it gave out,
         // and may pay twice. Kept to be replayed.
};

inline constexpr std::array all_persistence{Persistence::journal, Persistence::copy_per_round,
                                            Persistence::none};

constexpr std::string_view name_of(Persistence policy) {
  constexpr std::array<std::string_view, all_persistence.size()> names{"journal", "copy_per_round",
                                                                       "none"};
  return names[static_cast<std::size_t>(policy)];
}

}  // namespace escrowstorm::coordinator
