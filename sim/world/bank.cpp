#include "sim/world/bank.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <utility>

#include "base/rethrow.hpp"
#include "base/walletrpc/error_code.hpp"
#include "sim/world/inquiry.hpp"
#include "sim/world/world.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::uint64_t coinbase_lock_blocks = 60;
// Each output hides among 16. On a chain with some more than that the real wallet takes all there
// are, and never finds too few that are unlocked.
constexpr std::uint64_t outputs_min = 40;
// A payment of its own spends up to two, and an instance makes fewer than two payments a second: so
// many are spent before the change of the first comes back, ten blocks of two minutes later.
constexpr std::uint64_t outputs_for_payment = 2;
constexpr std::uint64_t outputs_max = 4'000;

// A transaction has 16 outputs, one of them is the change.
constexpr std::size_t payments_at_once = 15;
// Change is locked for ten.
constexpr std::uint64_t patience_blocks = 12;

bool lacks_money(const CallError& error) {
  namespace code = walletrpc::error_code;
  constexpr std::array codes{code::not_enough_money, code::not_enough_unlocked_money,
                             code::not_enough_outs_to_mix};
  return error.kind == CallError::Kind::rpc_error &&
         std::find(codes.begin(), codes.end(), error.code) != codes.end();
}

[[noreturn]] void fail_to_open(const std::string& why) {
  throw WorldError("the bank, which has the money of this world, can't be opened: " + why);
}

}  // namespace

Bank::Bank(Transport& transport, Miner& miner, Clock& clock, Executor executor)
    : wallet_(transport, clock),
      miner_(miner),
      clock_(clock),
      executor_(std::move(executor)),
      lines_(std::make_unique<Lines>()) {}

Awaitable<void> Bank::open(Observer& observer, std::uint64_t payments) {
  observer_ = &observer;
  const auto created = co_await wallet_.create();
  if (created) fail_to_open("its wallet: " + in_words(*created));
  const std::uint64_t most = std::min(payments, outputs_max / outputs_for_payment);
  const std::uint64_t outputs = std::max(outputs_for_payment * most, outputs_min);
  const auto mined = co_await miner_.mine(wallet_.address(), coinbase_lock_blocks + outputs);
  if (!mined) fail_to_open(mined.error().why);
  const auto blind = co_await wallet_.refresh();
  if (blind) fail_to_open("refresh: " + in_words(*blind));
}

void Bank::start_blocks(Duration every) {
  blocks_come_ = true;
  boost::asio::co_spawn(executor_, make_blocks(every), rethrow);
}

void Bank::close() {
  blocks_come_ = false;
  lines_->block.wake_all();
}

Awaitable<void> Bank::make_blocks(Duration every) {
  for (TimePoint next = clock_.now() + every;; next += every) {
    co_await clock_.sleep_until(next);
    if (!blocks_come_) co_return;
    if (blocks_held_) continue;
    const TimePoint began = clock_.now();
    const auto mined = co_await miner_.mine(wallet_.address(), 1);
    Event event;
    event.at = clock_.now();
    event.kind = EventKind::chain;
    event.phase = "block";
    event.ok = mined.has_value();
    event.message = mined ? "height " + std::to_string(*mined) : mined.error().why;
    event.duration = event.at - began;
    observer_->on(event);
    next = std::max(next, event.at);  // none are made up for
    outdated_ = true;
    lines_->block.wake_all();
  }
}

Awaitable<BankResult<std::string>> Bank::make_address(std::string label) {
  const auto made = co_await wallet_.make_address(std::move(label));
  if (!made) co_return bank_error(in_words(made.error()));
  addresses_.emplace(made->text, made->index);
  co_return made->text;
}

Awaitable<BankResult<Amount>> Bank::received(std::string address) {
  const auto known = addresses_.find(address);
  if (known == addresses_.end()) co_return bank_error("it is no address of the bank's payees");
  const std::uint32_t index = known->second;
  const auto blind = co_await wallet_.refresh();
  if (blind) co_return bank_error(in_words(*blind));
  const auto balance = co_await wallet_.balance(index);
  if (!balance) co_return bank_error(in_words(balance.error()));
  co_return *balance;
}

Awaitable<BankResult<std::string>> Bank::pay(EscrowId escrow, std::string address, Amount amount) {
  const auto order = std::make_shared<Order>();
  order->payment.escrow = escrow;
  order->payment.address = std::move(address);
  order->payment.amount = amount;
  order->asked = clock_.now();
  orders_.push_back(order);
  if (!paying_) {
    paying_ = true;
    boost::asio::co_spawn(executor_, pay_orders(), rethrow);
  }
  // It may be done at once. Then it was alone, so that the order of those who wait stays.
  if (!order->result) co_await lines_->paid.wait();
  co_return std::move(*order->result);
}

// As many as a transaction has room for. When they can't be paid together, fewer and fewer, so that
// nobody suffers from another's amount or address.
Awaitable<void> Bank::pay_orders() {
  std::size_t at_most = payments_at_once;
  while (!orders_.empty()) {
    Attempt tried = co_await pay_first(at_most);
    outdated_ = outdated_ || !tried.paid;
    at_most = payments_at_once;
    if (tried.paid) {
      for (std::size_t i = 0; i < tried.count; ++i) settle_first(*tried.paid);
    } else if (tried.count > 1 || !tried.refreshed) {
      at_most = std::max(tried.count / 2, std::size_t{1});
    } else {
      BankError why = bank_error(in_words(tried.paid.error()));
      const bool again = co_await next_try(std::move(tried.paid).error());
      if (!again) settle_first(std::move(why));
    }
  }
  paying_ = false;
}

Awaitable<Bank::Attempt> Bank::pay_first(std::size_t at_most) {
  Attempt attempt;
  attempt.refreshed = std::exchange(outdated_, false);
  if (attempt.refreshed) {
    const auto blind = co_await wallet_.refresh();
    if (blind) {
      attempt.paid = *blind;
      co_return attempt;
    }
  }
  attempt.count = std::min(at_most, orders_.size());
  std::vector<walletrpc::TransferDestination> destinations(attempt.count);
  for (std::size_t i = 0; i < attempt.count; ++i) {
    destinations[i].address = orders_[i]->payment.address;
    destinations[i].amount = orders_[i]->payment.amount;
  }
  attempt.paid = co_await wallet_.transfer(std::move(destinations));
  co_return attempt;
}

// Whether it is worth another try, after a block.
Awaitable<bool> Bank::next_try(CallError error) {
  if (!lacks_money(error) || !blocks_come_ || blocks_waited_ == patience_blocks) co_return false;
  ++blocks_waited_;
  co_await lines_->block.wait();
  co_return true;
}

void Bank::settle_first(BankResult<std::string> result) {
  const std::shared_ptr<Order> order = std::move(orders_.front());
  orders_.pop_front();
  blocks_waited_ = 0;
  if (result) {
    order->payment.tx_hash = *result;
    payments_.push_back(order->payment);
  }
  order->result = std::move(result);
  tell_paid(*order);
  lines_->paid.wake_one();
}

void Bank::tell_paid(const Order& order) {
  Event event;
  event.at = clock_.now();
  event.kind = EventKind::chain;
  event.phase = "paid";
  event.escrow = order.payment.escrow;
  event.ok = order.result->has_value();
  event.message = event.ok ? order.payment.tx_hash : order.result->error().why;
  event.duration = event.at - order.asked;
  observer_->on(event);
}

void Bank::abandon() {
  wallet_.abandon();
  lines_ = std::make_unique<Lines>();
}

}  // namespace escrowstorm::sim
