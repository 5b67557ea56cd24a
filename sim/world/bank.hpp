// Money in a world: what pays the escrows' deposits, makes the blocks, and says what somebody
// outside was paid. The same in all worlds that have one; it lies on no instance of the
// coordinator's fleet, so no fault touches it.
//
// Errors are values, but of open(). Tells events of kind chain: "paid" for each payment, "block"
// for each block of start_blocks(). Lives on the world's executor; all references outlive it.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/amount.hpp"
#include "base/clock.hpp"
#include "base/observer.hpp"
#include "base/transport.hpp"
#include "base/wait_list.hpp"
#include "sim/world/bank_wallet.hpp"
#include "sim/world/miner.hpp"

namespace escrowstorm::sim {

struct Payment {
  EscrowId escrow = 0;
  std::string address;
  Amount amount;
  std::string tx_hash;
};

class Bank {
 public:
  // `transport`: to an instance of its own, without a wallet so far.
  Bank(Transport& transport, Miner& miner, Clock& clock, Executor executor);
  Bank(const Bank&) = delete;
  Bank& operator=(const Bank&) = delete;

  // Makes the wallet, and blocks until it has outputs for so many payments, or for as many as an
  // instance can make while change is locked. Throws WorldError. Once, before all else; `observer`
  // outlives the world's loop.
  Awaitable<void> open(Observer& observer, std::uint64_t payments);

  // A block every `every` from now on, until close(). Once.
  void start_blocks(Duration every);
  void close();
  // None while they are held. What was due meanwhile is not made up for.
  void hold_blocks(bool held) { blocks_held_ = held; }

  // A fresh address of somebody outside the escrows.
  Awaitable<BankResult<std::string>> make_address(std::string label);

  // What has come to an address of make_address(), in blocks and pool.
  Awaitable<BankResult<Amount>> received(std::string address);

  // Pays; the hash of the transaction, which is in the pool then. Those who wait are paid together.
  // While money is locked it waits for blocks, if any come, though not for ever.
  Awaitable<BankResult<std::string>> pay(EscrowId escrow, std::string address, Amount amount);

  // The books: all that was paid, in that order.
  const std::vector<Payment>& payments() const { return payments_; }

  // Drops every coroutine that waits here.
  void abandon();

 private:
  // Shared with who waits for it. Orders and those who wait are in one order.
  struct Order {
    Payment payment;
    TimePoint asked;
    std::optional<BankResult<std::string>> result;
  };
  // Of the first orders: how many, and the transaction that pays them.
  struct Attempt {
    std::size_t count = 1;
    bool refreshed = false;  // right before
    CallResult<std::string> paid = CallError();
  };
  struct Lines {
    WaitList paid;
    WaitList block;
  };

  Awaitable<void> make_blocks(Duration every);
  Awaitable<void> pay_orders();
  Awaitable<Attempt> pay_first(std::size_t at_most);
  Awaitable<bool> next_try(CallError error);
  void settle_first(BankResult<std::string> result);
  void tell_paid(const Order& order);

  BankWallet wallet_;
  Miner& miner_;
  Clock& clock_;
  Executor executor_;
  Observer* observer_ = nullptr;
  std::map<std::string, std::uint32_t> addresses_;  // of make_address(), with their index
  std::vector<Payment> payments_;
  std::deque<std::shared_ptr<Order>> orders_;
  bool paying_ = false;
  bool outdated_ = false;            // the wallet has not seen what came last
  std::uint64_t blocks_waited_ = 0;  // for the first order
  bool blocks_come_ = false;
  bool blocks_held_ = false;
  std::unique_ptr<Lines> lines_;
};

}  // namespace escrowstorm::sim
