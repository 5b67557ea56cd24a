// The transactions that pay somebody: which coins go in, which fee comes off, what comes back as
// change. Follows monero's wallet2 (create_transactions_2) step by step, since its choices are
// seen from outside: one or two inputs where it can, more when they don't suffice, another
// transaction when one is full. Plain class, no time; random only where the real one is.
#pragma once

#include <set>

#include "mockrpc/wallet/tx_draft.hpp"

namespace escrowstorm::mockrpc {

class TransferPlanner {
 public:
  // Both outlive it. `fee_payers`: the payees, by place, from whom the fee is taken.
  TransferPlanner(const SpendTerms& terms, std::vector<Payee> payees,
                  std::set<std::uint32_t> fee_payers, RandomStream& random);

  // One plan for each transaction; none when there is no coin that could be spent.
  SpendOutcome<std::vector<PlannedTx>> plan();

 private:
  // A transaction that is being put together.
  struct Building {
    PlannedTx tx;
    std::vector<bool> pays_fee;  // by payee
  };
  // The coins of one address.
  struct Purse {
    std::uint32_t address = 0;
    CoinList coins;
  };

  SpendOutcome<void> check();
  SpendOutcome<void> check_funds(const std::set<std::uint32_t>& addresses) const;
  std::set<std::uint32_t> addresses() const;
  void gather(const std::set<std::uint32_t>& addresses);
  void prefer(const std::set<std::uint32_t>& addresses);

  bool goes_on() const;
  SpendOutcome<std::optional<std::size_t>> pick();
  std::optional<std::size_t> pick_second();
  void pay_from(std::uint64_t available);
  bool add_payee(std::uint64_t units);
  bool has_room() const;
  SpendOutcome<bool> is_due();
  SpendOutcome<void> try_building();
  SpendOutcome<void> settle(Draft draft);
  SpendOutcome<Draft> draft(std::uint64_t fee);
  void carve_fee();
  void next_purse();
  SpendOutcome<std::vector<PlannedTx>> finished();
  SpendRefused not_possible() const;

  bool to_pay() const { return !left_.empty() && left_.front().amount > Amount(); }
  CoinList& coins() { return purses_.front().coins; }
  const CoinList& coins() const { return purses_.front().coins; }
  Building& current() { return built_.back(); }
  const Building& current() const { return built_.back(); }

  const SpendTerms& terms_;
  RandomStream& random_;
  Drafter drafter_;
  std::set<std::uint32_t> fee_payers_;
  std::vector<Payee> left_;  // to be paid; the first is next
  std::uint64_t needed_ = 0;
  std::vector<Purse> purses_;
  CoinList preferred_;
  std::vector<Building> built_;
  std::size_t paid_in_current_ = 0;  // payees paid in full by the current transaction
  std::uint32_t paid_ = 0;           // by all
  bool slots_exhausted_ = false;
  bool adding_fee_ = false;
  std::uint64_t needed_fee_ = 0;
  std::uint64_t available_for_fee_ = 0;
};

}  // namespace escrowstorm::mockrpc
