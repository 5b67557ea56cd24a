// What a wallet holds and when it can be spent, from what it knows of its money. Follows monero's
// wallet2: balance_per_subaddress, unlocked_balance_per_subaddress, is_transfer_unlocked.
#pragma once

#include <cstdint>
#include <map>

#include "mockrpc/wallet/money.hpp"
#include "mockrpc/wallet/own_addresses.hpp"

namespace escrowstorm::mockrpc {

struct UnlockedBalance {
  Amount amount;
  std::uint64_t blocks_to_unlock = 0;   // until all of the balance is
  std::uint64_t seconds_to_unlock = 0;  // likewise
};

// By address of the account. Strict: what is in blocks only, spent or received.
std::map<std::uint32_t, Amount> balances(const WalletMoney& money, std::uint32_t account,
                                         bool strict, OwnAddresses& addresses,
                                         const Subaddresses& shown);
// `now`: seconds since 1970.
std::map<std::uint32_t, UnlockedBalance> unlocked_balances(const WalletMoney& money,
                                                           std::uint32_t account, bool strict,
                                                           std::uint64_t now);

// Of an output in the block at `height`.
bool is_unlocked(const WalletMoney& money, std::uint64_t height, std::uint64_t unlock_time,
                 std::uint64_t now);

Amount sum(Amount a, Amount b);

}  // namespace escrowstorm::mockrpc
