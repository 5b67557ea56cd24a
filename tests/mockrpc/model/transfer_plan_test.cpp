// Plans of transfers and sweeps. The figures are those of monero-wallet-rpc 0.18.0.0 on regtest,
// asked the same with the same coins, unless said otherwise.
#include "mockrpc/wallet/transfer_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mockrpc/wallet/fee.hpp"
#include "mockrpc/wallet/sweep_plan.hpp"

namespace escrowstorm::mockrpc {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

constexpr std::uint64_t coin_units = 35'184'338'534'400;

Payee payee(std::uint64_t units, AddressKind kind = AddressKind::standard, unsigned char name = 1) {
  Payee payee;
  payee.text = "address " + std::to_string(name);
  payee.address.kind = kind;
  payee.address.spend.bytes[0] = name;
  payee.amount = Amount::from_atomic(units);
  return payee;
}

std::vector<Payee> payees(std::size_t count) {
  std::vector<Payee> payees;
  for (std::size_t i = 0; i < count; ++i) payees.push_back(payee(1'000'000'000 + i));
  return payees;
}

// Coinbases of blocks one after the other.
SpendTerms terms(std::size_t coins) {
  SpendTerms terms;
  terms.fee_rate = 1'200'000;
  terms.decoys = 50;
  for (std::size_t i = 0; i < coins; ++i) {
    Coin coin;
    coin.index = coin.global_index = i;
    coin.height = i + 1;
    coin.tx_hash[0] = static_cast<unsigned char>(i + 1);
    coin.amount = Amount::from_atomic(coin_units);
    terms.coins.push_back(coin);
  }
  terms.funds[0] = {Amount::from_atomic(coins * coin_units),
                    Amount::from_atomic(coins * coin_units)};
  return terms;
}

SpendOutcome<std::vector<PlannedTx>> plan(const SpendTerms& terms, std::vector<Payee> payees,
                                          std::set<std::uint32_t> fee_payers = {}) {
  RandomStream random(1);
  return TransferPlanner(terms, std::move(payees), std::move(fee_payers), random).plan();
}

std::uint64_t paid(const PlannedTx& tx) {
  std::uint64_t units = 0;
  for (const Payee& payee : tx.payees) units += payee.amount.atomic();
  return units;
}

// Nothing appears, nothing vanishes.
void expect_sums(const SpendTerms& terms, const PlannedTx& tx) {
  EXPECT_EQ(units_of(terms, tx.coins), paid(tx) + tx.fee.atomic() + tx.change.atomic());
}

struct Cost {
  std::uint64_t fee = 0;
  std::uint64_t weight = 0;
  friend bool operator==(const Cost&, const Cost&) = default;
};

void PrintTo(const Cost& cost, std::ostream* out) { *out << cost.fee << " for " << cost.weight; }

Cost cost(const SpendTerms& terms, std::vector<Payee> payees) {
  const auto plans = plan(terms, std::move(payees));
  if (!plans) {
    ADD_FAILURE() << plans.error().text;
    return {};
  }
  EXPECT_THAT(*plans, SizeIs(1));
  expect_sums(terms, plans->front());
  return {plans->front().fee.atomic(), plans->front().weight};
}

TEST(FeeRates, AreThoseOfRegtestsFirstBlocks) {
  EXPECT_THAT(fee_rates(Amount::from_atomic(35'184'338'534'400)),
              ElementsAre(1'200'000, 4'700'000, 19'000'000, 240'000'000));
  const FeeRates rates = fee_rates(Amount::from_atomic(35'184'338'534'400));
  EXPECT_EQ(fee_rate(rates, 0), rates[0]);
  EXPECT_EQ(fee_rate(rates, 9), rates[3]);
  EXPECT_EQ(fee_for(1, 1), Amount::from_atomic(10'000));
}

// Of six outputs in a row, as the multisig wallet that was asked had them.
TEST(TransferPlan, CostsWhatTheRealOneTakes) {
  const SpendTerms six = terms(6);
  EXPECT_EQ(cost(six, payees(1)), (Cost{1'808'400'000, 1507}));
  EXPECT_EQ(cost(six, payees(2)), (Cost{2'514'000'000, 2095}));
  EXPECT_EQ(cost(six, payees(3)), (Cost{2'608'800'000, 2170}));
  EXPECT_EQ(cost(six, payees(4)), (Cost{3'948'000'000, 3282}));
  EXPECT_EQ(cost(six, payees(8)), (Cost{6'800'400'000, 5643}));
  EXPECT_EQ(cost(six, payees(15)), (Cost{7'464'000'000, 6168}));
  for (const auto& [coins, expected] :
       {std::pair(2, Cost{2'605'200'000, 2166}), std::pair(3, Cost{3'420'000'000, 2825}),
        std::pair(4, Cost{4'234'800'000, 3484}), std::pair(5, Cost{5'049'600'000, 4143})})
    EXPECT_EQ(
        cost(six, {payee(static_cast<std::uint64_t>(coins) * 35'184'000'000'000 - 10'000'000'000)}),
        expected)
        << coins;
}

// Twelve outputs: the first, and one that is ten blocks away from it.
TEST(TransferPlan, TakesASecondInputThatIsNotRelated) {
  SpendTerms twelve = terms(12);
  EXPECT_EQ(cost(twelve, payees(1)), (Cost{2'605'200'000, 2166}));
  const auto plans = plan(twelve, payees(1));
  EXPECT_THAT(plans->front().coins, ElementsAre(0, testing::AnyOf(10, 11)));
  EXPECT_EQ(cost(twelve, payees(15)), (Cost{8'278'800'000, 6827}));

  EXPECT_EQ(cost(twelve, {payee(1'000), payee(1'000, AddressKind::subaddress, 2)}),
            (Cost{3'423'600'000, 2853}));
  twelve.unlock_time = 500;
  EXPECT_EQ(cost(twelve, payees(1)), (Cost{2'605'200'000, 2167}));
  twelve.unlock_time = 0;
  twelve.payment_id = true;
  EXPECT_EQ(cost(twelve, payees(1)), (Cost{2'618'400'000, 2166}));
  twelve.payment_id = false;
  twelve.fee_rate = 240'000'000;
  EXPECT_EQ(cost(twelve, payees(1)), (Cost{521'040'000'000, 2167}));
}

// 0.18.5.1, by its source.
TEST(TransferPlan, LowersTheFeeToTheWeightOnTheNewerVersion) {
  SpendTerms twelve = terms(12);
  twelve.fee_follows_weight = true;
  EXPECT_EQ(cost(twelve, payees(1)), (Cost{2166 * 1'200'000ull, 2166}));
}

TEST(TransferPlan, SplitsWhatHasTooManyPayees) {
  const SpendTerms twelve = terms(12);
  const auto plans = plan(twelve, payees(20));
  ASSERT_TRUE(plans);
  ASSERT_THAT(*plans, SizeIs(2));
  EXPECT_EQ(paid((*plans)[0]), 15'000'000'175u);
  EXPECT_EQ(paid((*plans)[1]), 5'000'000'015u);
  EXPECT_EQ((*plans)[0].fee, Amount::from_atomic(7'464'000'000));
  EXPECT_EQ((*plans)[1].fee, Amount::from_atomic(4'042'800'000));
  for (const PlannedTx& tx : *plans) expect_sums(twelve, tx);
}

TEST(TransferPlan, PaysAcrossAddressesWhenOneIsNotEnough) {
  SpendTerms two = terms(2);
  two.coins[1].address = 3;
  two.funds = {{0, {two.coins[0].amount, two.coins[0].amount}},
               {3, {two.coins[0].amount, two.coins[0].amount}}};
  const auto plans = plan(two, {payee(coin_units + 5)});
  ASSERT_TRUE(plans);
  EXPECT_THAT(plans->front().coins, SizeIs(2));
  expect_sums(two, plans->front());
  two.addresses = {3};
  EXPECT_EQ(plan(two, {payee(coin_units + 5)}).error().text, "not enough money");
}

TEST(TransferPlan, SaysWhyNot) {
  const SpendTerms one = terms(1);
  const auto error = [](const SpendTerms& terms, std::vector<Payee> payees) {
    const auto plans = plan(terms, std::move(payees));
    return plans ? "none" : plans.error().text;
  };
  EXPECT_EQ(error(one, {}), "transaction has no destination");
  EXPECT_EQ(error(one, {payee(0)}), "destination amount is zero");
  EXPECT_EQ(error(one, {payee(~0ull), payee(5)}),
            "transaction sum + fee exceeds 18446744.073709551615");
  EXPECT_EQ(error(one, {payee(coin_units)}), "not enough money");
  SpendTerms locked = one;
  locked.coins.clear();
  locked.funds[0].unlocked = Amount();
  EXPECT_EQ(error(locked, payees(1)), "not enough unlocked money");
  SpendTerms lonely = one;
  lonely.decoys = 15;
  EXPECT_EQ(error(lonely, payees(1)), "none");
  lonely.enforce_ring_size = true;
  EXPECT_EQ(error(lonely, payees(1)), "not enough outputs to use");
  lonely.daemon = false;
  EXPECT_EQ(error(lonely, payees(1)), "failed to get output distribution");
  // 0.18.0.0 estimates its first check too low.
  EXPECT_EQ(error(one, {payee(coin_units - 1'790'400'000)}), "tx not possible");
  SpendTerms fresh = one;
  fresh.coins[0].partial = true;
  EXPECT_THAT(*plan(fresh, payees(1)), SizeIs(0));
  SpendTerms other_id = terms(1);
  other_id.payment_id = true;
  EXPECT_EQ(error(other_id, {payee(5), payee(5, AddressKind::standard, 2)}),
            "transaction was not constructed");
  // What goes where the change goes is nobody else's.
  other_id.change_point.bytes[0] = 2;
  EXPECT_EQ(error(other_id, {payee(5), payee(5, AddressKind::standard, 2)}), "none");
}

TEST(TransferPlan, TakesTheFeeFromThosePaid) {
  SpendTerms one = terms(1);
  one.fee_follows_weight = true;
  const auto plans = plan(one, {payee(coin_units / 2), payee(coin_units - coin_units / 2)}, {0, 1});
  ASSERT_TRUE(plans);
  const PlannedTx& tx = plans->front();
  expect_sums(one, tx);
  EXPECT_EQ(tx.change, Amount());
  EXPECT_EQ(tx.payees[0].amount.atomic(), coin_units / 2 - tx.fee.atomic() / 2);
  EXPECT_EQ(plan(one, payees(1), {1}).error().text,
            "subtractfeefrom: bad index: 1 (indexes are 0-based)");
}

SpendOutcome<std::vector<PlannedTx>> sweep(const SpendTerms& terms, std::uint64_t outputs = 1,
                                           Amount below = {}) {
  RandomStream random(1);
  const auto coins = coins_to_sweep(terms, below, random);
  if (!coins) return coins.error();
  return plan_sweep(terms, *coins, {payee(0), outputs}, random);
}

TEST(SweepPlan, LeavesNothing) {
  const SpendTerms six = terms(6);
  const auto plans = sweep(six);
  ASSERT_TRUE(plans);
  ASSERT_THAT(*plans, SizeIs(1));
  EXPECT_EQ(plans->front().fee, Amount::from_atomic(5'762'400'000));
  EXPECT_EQ(plans->front().weight, 4802u);
  EXPECT_EQ(plans->front().change, Amount());
  expect_sums(six, plans->front());

  const auto thirds = sweep(six, 3);
  EXPECT_EQ(thirds->front().fee, Amount::from_atomic(6'468'000'000));
  EXPECT_EQ(thirds->front().weight, 5390u);
  EXPECT_THAT(thirds->front().payees, SizeIs(3));
  expect_sums(six, thirds->front());
}

TEST(SweepPlan, MakesAsManyTransactionsAsItTakes) {
  SpendTerms many = terms(200);
  const auto plans = sweep(many);
  ASSERT_TRUE(plans);
  EXPECT_THAT(*plans, SizeIs(2));
  std::size_t coins = 0;
  for (const PlannedTx& tx : *plans) {
    expect_sums(many, tx);
    coins += tx.coins.size();
  }
  EXPECT_EQ(coins, 200u);
}

TEST(SweepPlan, SaysWhyNot) {
  SpendTerms one = terms(1);
  EXPECT_EQ(sweep(one, 1, Amount::from_atomic(5)).error().text,
            "The smallest amount found is not below the specified threshold");
  one.addresses = {4};
  EXPECT_EQ(sweep(one).error().text, "No unlocked balance in the specified subaddress(es)");
  one.funds[0].unlocked = Amount();
  EXPECT_EQ(sweep(one).error().text, "No unlocked balance in the specified account");
  SpendTerms poor = terms(1);
  poor.coins[0].amount = Amount::from_atomic(900'000'000);
  EXPECT_EQ(sweep(poor).error().fault, SpendFault::not_enough_unlocked_money);
}

}  // namespace
}  // namespace escrowstorm::mockrpc
