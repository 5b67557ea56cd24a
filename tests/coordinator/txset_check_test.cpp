#include "coordinator/payout/txset_check.hpp"

#include <gmock/gmock.h>

#include <variant>

namespace escrowstorm::coordinator {
namespace {

using testing::HasSubstr;
using walletrpc::DescribeTransfer;

Amount units(std::uint64_t atomic) { return Amount::from_atomic(atomic); }

DescribeTransfer::Description paying(std::string address, std::uint64_t in, std::uint64_t fee) {
  DescribeTransfer::Description one;
  one.amount_in = units(in);
  one.amount_out = units(in - fee);
  one.fee = units(fee);
  one.recipients.push_back({std::move(address), units(in - fee)});
  return one;
}

PayoutOrder order() { return {"the vendor's", units(1000), units(50)}; }

DescribeTransfer::Answer with(std::vector<DescribeTransfer::Description> all) {
  DescribeTransfer::Answer described;
  described.desc = std::move(all);
  return described;
}

std::string wrong(const DescribeTransfer::Answer& described) {
  const auto checked = check_txset(described, order());
  const auto* what = std::get_if<std::string>(&checked);
  return what ? *what : "nothing";
}

TEST(TxsetCheck, WhatWasOrderedIsInOrder) {
  const auto checked = check_txset(with({paying("the vendor's", 1000, 50)}), order());
  ASSERT_TRUE(std::holds_alternative<CheckedTxset>(checked));
  EXPECT_EQ(std::get<CheckedTxset>(checked).paid, units(950));
  EXPECT_EQ(std::get<CheckedTxset>(checked).fee, units(50));
}

TEST(TxsetCheck, SeveralTransactionsAreAddedUp) {
  const auto checked = check_txset(
      with({paying("the vendor's", 600, 20), paying("the vendor's", 700, 30)}), order());
  ASSERT_TRUE(std::holds_alternative<CheckedTxset>(checked));
  EXPECT_EQ(std::get<CheckedTxset>(checked).paid, units(1250));
  EXPECT_EQ(wrong(with({paying("the vendor's", 600, 20), paying("another's", 700, 20)})),
            "it pays another's instead of the vendor...");
}

TEST(TxsetCheck, WhatIsWrongIsSaid) {
  EXPECT_EQ(wrong({}), "it has no transaction");
  EXPECT_THAT(wrong(with({paying("another's", 1000, 10)})), HasSubstr("it pays another's instead"));
  EXPECT_THAT(wrong(with({paying("the vendor's", 1000, 51)})), HasSubstr("over the bound of 50"));
  EXPECT_THAT(wrong(with({paying("the vendor's", 999, 10)})), HasSubstr("the price is 1000"));

  auto two = paying("the vendor's", 1000, 10);
  two.recipients.push_back({"another's", units(0)});
  EXPECT_THAT(wrong(with({two})), HasSubstr("it pays another's"));

  auto change = paying("the vendor's", 1000, 10);
  change.change_amount = units(5);
  EXPECT_THAT(wrong(with({change})), HasSubstr("5 atomic units as change"));

  auto locked = paying("the vendor's", 1000, 10);
  locked.unlock_time = 3;
  EXPECT_EQ(wrong(with({locked})), "it locks what it pays");

  auto lost = paying("the vendor's", 1000, 10);
  lost.recipients.front().amount = units(900);
  EXPECT_EQ(wrong(with({lost})), "its amounts do not add up");

  auto nobody = paying("the vendor's", 1000, 10);
  nobody.recipients.clear();
  EXPECT_EQ(wrong(with({nobody})), "it pays nobody");

  auto absurd = paying("the vendor's", UINT64_MAX, 1);
  EXPECT_EQ(wrong(with({absurd, absurd})), "its amounts are more than there is");
}

}  // namespace
}  // namespace escrowstorm::coordinator
