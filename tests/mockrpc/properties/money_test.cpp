// A group of three and the chain under any history of payments, reorganisations, refreshes, saves
// and losses: who has seen the whole chain says what the chain says, to the atomic unit.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <ostream>

#include "tests/mockrpc/model/money_rig.hpp"

namespace escrowstorm::mockrpc::properties {
namespace {

using namespace walletrpc;

enum class MoneyDeed : std::uint8_t {
  mine,          // coinbases to the group
  mine_nothing,  // blocks that pay nobody
  pay,           // one transaction to some of the group's addresses, into the pool
  drop_pool,
  reorganise,  // the last blocks go
  refresh,
  save,
  reopen,      // what was saved
  kill,        // and reopen what was saved
  lose_cache,  // and reopen the keys file alone
  check_balance
};

struct MoneyStep {
  MoneyDeed deed = MoneyDeed::mine;
  std::size_t instance = 0;
  std::uint32_t number = 0;
};

std::ostream& operator<<(std::ostream& out, const MoneyStep& step) {
  static constexpr const char* names[] = {"mine to the group",
                                          "mine",
                                          "pay",
                                          "drop the pool",
                                          "reorganise",
                                          "refresh",
                                          "save",
                                          "reopen",
                                          "kill",
                                          "lose cache",
                                          "check"};
  return out << "\n  " << step.instance << ": " << names[static_cast<std::size_t>(step.deed)] << " "
             << step.number;
}

rc::Gen<std::vector<MoneyStep>> some_money_steps() {
  const auto deed = rc::gen::weightedElement<MoneyDeed>({{4, MoneyDeed::mine},
                                                         {4, MoneyDeed::mine_nothing},
                                                         {6, MoneyDeed::pay},
                                                         {1, MoneyDeed::drop_pool},
                                                         {3, MoneyDeed::reorganise},
                                                         {6, MoneyDeed::refresh},
                                                         {2, MoneyDeed::save},
                                                         {1, MoneyDeed::reopen},
                                                         {1, MoneyDeed::kill},
                                                         {1, MoneyDeed::lose_cache},
                                                         {6, MoneyDeed::check_balance}});
  return rc::gen::container<std::vector<MoneyStep>>(rc::gen::build<MoneyStep>(
      rc::gen::set(&MoneyStep::deed, deed),
      rc::gen::set(&MoneyStep::instance, rc::gen::inRange<std::size_t>(0, 3)),
      rc::gen::set(&MoneyStep::number, rc::gen::inRange<std::uint32_t>(0, 12))));
}

class MoneyWorld {
 public:
  static constexpr std::uint32_t addresses = 4;

  MoneyWorld() : rig_(3) {
    rig_.set_up("g");
    for (std::size_t i = 0; i < 3; ++i) rig_.ok(i, Store{});
    for (std::uint32_t i = 0; i < addresses; ++i) points_.push_back(rig_.point(0, i));
    rig_.pay({{points_[0], 1}});  // the faucet's own blocks come now
    rig_.chain().flush_pool();
    lowest_ = rig_.chain().height();
    note_height();
  }

  void perform(const MoneyStep& step) {
    const std::size_t i = step.instance;
    switch (step.deed) {
      case MoneyDeed::mine:
        rig_.mine_to(i, 1 + step.number % 3);
        break;
      case MoneyDeed::mine_nothing:
        rig_.mine_to_nobody(step.number);
        break;
      case MoneyDeed::pay:
        pay(step.number);
        break;
      case MoneyDeed::drop_pool:
        rig_.chain().flush_pool();
        break;
      case MoneyDeed::reorganise:
        rig_.chain().pop(std::min<std::uint64_t>(step.number, rig_.chain().height() - lowest_));
        break;
      case MoneyDeed::refresh:
        rig_.fetched(i);
        break;
      case MoneyDeed::save:
        rig_.ok(i, Store{});
        break;
      case MoneyDeed::reopen:
        rig_.ok(i, CloseWallet{step.number % 2 == 0});
        rig_.open(i, name(i));
        break;
      case MoneyDeed::kill:
        rig_.kill(i);
        rig_.open(i, name(i));
        break;
      case MoneyDeed::lose_cache:
        rig_.close(i);
        dynamic_cast<MemoryStorage&>(rig_.storage()).remove(name(i), WalletFile::cache);
        rig_.open(i, name(i));
        break;
      case MoneyDeed::check_balance:
        check(i);
        break;
    }
    note_height();
  }

 private:
  static std::string name(std::size_t i) { return "g" + std::to_string(i); }

  void note_height() { highest_ = std::max(highest_, rig_.chain().height()); }

  void pay(std::uint32_t number) {
    if (paid_ == 9) return;  // what the faucet has
    ++paid_;
    std::vector<rigs::MoneyRig::Share> shares;
    for (std::uint32_t i = 0; i <= number % 3; ++i)
      shares.push_back({points_[(number + i) % addresses], 1000 + number});
    rig_.pay(shares);
  }

  // A wallet learns that blocks went when there are more than it has seen, as the real one does.
  void check(std::size_t i) {
    rig_.mine_to_nobody(highest_ + 1 - rig_.chain().height());
    rig_.fetched(i);
    GetBalance request;
    request.all_accounts = true;
    request.strict = true;  // without the pool
    const GetBalance::Answer balance = rig_.ok(i, request);
    RC_ASSERT(balance.balance == owned());
    RC_ASSERT(balance.unlocked_balance <= balance.balance);
    Amount total;
    for (const auto& part : balance.per_subaddress) total = *total.plus(part.balance);
    RC_ASSERT(total == balance.balance);
  }

  // Read off the chain, block by block.
  Amount owned() {
    Amount sum;
    for (std::uint64_t height = 0; height < rig_.chain().height(); ++height) {
      const Block& block = rig_.chain().block(height);
      add(*block.coinbase, sum);
      for (const auto& transaction : block.transactions) add(*transaction, sum);
    }
    return sum;
  }

  void add(const Transaction& transaction, Amount& sum) {
    for (const TxOutput& output : transaction.outputs)
      if (std::find(points_.begin(), points_.end(), output.recipient) != points_.end())
        sum = *sum.plus(output.amount);
  }

  rigs::MoneyRig rig_;
  std::vector<CurvePoint> points_;
  std::uint64_t lowest_ = 0;  // below it the faucet could not pay
  std::uint64_t highest_ = 0;
  std::uint32_t paid_ = 0;
};

RC_GTEST_PROP(Money, IsWhatTheChainSaysWhateverHappened, ()) {
  const std::vector<MoneyStep> steps = *some_money_steps();
  MoneyWorld world;
  for (const MoneyStep& step : steps) world.perform(step);
  for (std::size_t i = 0; i < 3; ++i) world.perform({MoneyDeed::check_balance, i, 0});
}

}  // namespace
}  // namespace escrowstorm::mockrpc::properties
