// Which outputs a transaction spends: those that look least related to each other, oldest first or
// at random. Follows monero's wallet2 (get_output_relatedness, pop_best_value_from,
// pick_preferred_rct_inputs). Pure but for the stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "mockrpc/wallet/money.hpp"

namespace escrowstorm::mockrpc {

// An output of the account that is not spent, not frozen and unlocked.
struct Coin {
  std::size_t index = 0;  // among the wallet's outputs
  std::uint64_t global_index = 0;
  Amount amount;
  Bytes32 tx_hash{};
  std::uint64_t height = 0;
  std::uint32_t address = 0;  // of the account
  bool partial = false;       // its key image is not known: no choice for anything but first sight
  bool signable = true;       // of a multisig wallet: others' nonces are there
};

// From 0, not related, to 10, of one transaction.
int relatedness(const Coin& a, const Coin& b);

// Places among coins.
using CoinList = std::vector<std::size_t>;

enum class Choice { random, smallest };

// Takes one out of `from` that is least related to those selected. REQUIRES: `from` is not empty.
std::size_t take_least_related(std::span<const Coin> coins, CoinList& from,
                               const CoinList& selected, Choice choice, RandomStream& random);
// The same without taking it out.
std::size_t least_related_smallest(std::span<const Coin> coins, const CoinList& from,
                                   const CoinList& selected);

// The first that is enough alone, else the least related pair of one address that is; or none.
CoinList preferred_coins(std::span<const Coin> coins, Amount needed);

}  // namespace escrowstorm::mockrpc
