// What there is to spend, for whom and on which terms: what planning a transaction asks of a wallet
// and its daemon, as values. And why wallet2 would refuse, with its text; the RPC gives each kind a
// code.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "mockrpc/keys/address.hpp"
#include "mockrpc/wallet/coin_selection.hpp"

namespace escrowstorm::mockrpc {

enum class SpendFault : unsigned char {
  other,
  zero_destination,
  zero_amount,
  not_enough_money,
  not_enough_unlocked_money,
  tx_not_possible,
  not_enough_outs_to_mix,
  no_daemon,
};

struct SpendRefused {
  SpendFault fault = SpendFault::other;
  std::string text;
};

// Asking a refused outcome for its value is a bug of the caller.
[[noreturn]] inline void throw_exception_from_error(const SpendRefused& refused,
                                                    const boost::source_location&) {
  throw std::logic_error("value of a refused spend: " + refused.text);
}

template <class T>
using SpendOutcome = boost::system::result<T, SpendRefused>;

struct Payee {
  std::string text;  // the address as it was given
  Address address;
  Amount amount;

  friend bool operator==(const Payee&, const Payee&) = default;
};

// What an address of the account holds.
struct Funds {
  Amount balance;
  Amount unlocked;
};

struct SpendTerms {
  std::vector<Coin> coins;               // of the account, in the order in which they were found
  std::map<std::uint32_t, Funds> funds;  // by address of the account
  std::vector<std::uint32_t> addresses;  // to spend from; none: all that hold something
  std::uint64_t fee_rate = 0;            // atomic units for each byte of weight
  std::uint64_t decoys = 0;              // outputs to choose ring members from
  bool enforce_ring_size = false;        // else a ring may be smaller; it weighs as a full one
  bool daemon = true;                    // can be reached
  bool multisig = false;
  bool enough_signers = true;  // of a multisig wallet: infos of so many others were imported
  bool payment_id = false;     // is sent along
  CurvePoint change_point{};   // of the account's first address: where change goes
  std::uint64_t unlock_time = 0;
  bool fee_follows_weight =
      false;  // the version's: an estimate that is more than needed is lowered
};

// A transaction as it will be made.
struct PlannedTx {
  CoinList coins;  // places among the terms' coins
  std::vector<Payee> payees;
  Amount change;  // zero: a dummy output takes its place beside a single payee
  Amount fee;
  std::uint64_t weight = 0;
};

}  // namespace escrowstorm::mockrpc
