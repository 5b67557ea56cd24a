// How an escrow's balance is found: a policy.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "base/time.hpp"

namespace escrowstorm::coordinator {

enum class BalancePolicy : unsigned char {
  one_wallet,  // any of the three looks at the chain and says what it holds
  lazy_sync,   // all three are opened, look, tell each other what they can sign, and one says it.
               // Kept to be replayed: a wallet needs none of it to see money.
};

inline constexpr std::array all_balance_policies{BalancePolicy::one_wallet,
                                                 BalancePolicy::lazy_sync};

constexpr std::string_view name_of(BalancePolicy policy) {
  constexpr std::array<std::string_view, all_balance_policies.size()> names{"one_wallet",
                                                                            "lazy_sync"};
  return names[static_cast<std::size_t>(policy)];
}

struct WatchOptions {
  BalancePolicy policy = BalancePolicy::one_wallet;
  Duration cache = std::chrono::minutes(1);  // how long an answer is given again
  Duration background{};  // between two looks without being asked, until the price is there; zero:
                          // none

  friend bool operator==(const WatchOptions&, const WatchOptions&) = default;
};

}  // namespace escrowstorm::coordinator
