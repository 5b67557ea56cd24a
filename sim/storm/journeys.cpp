#include "sim/storm/journeys.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <cassert>
#include <numeric>
#include <utility>

#include "base/rethrow.hpp"
#include "sim/storm/single_calls.hpp"
#include "sim/world/bank.hpp"
#include "sim/world/world.hpp"

namespace escrowstorm::sim {
namespace {

namespace asio = boost::asio;
using coordinator::Decision;

constexpr int refusals_max = 3;  // of one payout, before a client gives up
constexpr Duration asks_again_after = std::chrono::seconds(30);

std::uint64_t add_weight(std::uint64_t sum, const JourneySpec& spec) { return sum + spec.weight; }

}  // namespace

Journeys::Journeys(std::span<const JourneySpec> specs, Target& target, Bank* bank, Clock& clock,
                   Executors& executors, const Random& random)
    : specs_(specs.begin(), specs.end()),
      target_(target),
      bank_(bank),
      clock_(clock),
      executors_(executors),
      random_(random) {
  if (specs_.empty()) specs_.emplace_back().end = JourneyEnd::set_up;
  weights_ = std::accumulate(specs_.begin(), specs_.end(), std::uint64_t{0}, add_weight);
}

const JourneySpec& Journeys::of(EscrowId escrow) const {
  if (specs_.size() == 1) return specs_.front();
  std::uint64_t drawn = random_.stream("journey", escrow).below(weights_);
  for (const JourneySpec& spec : specs_) {
    if (drawn < spec.weight) return spec;
    drawn -= spec.weight;
  }
  return specs_.back();
}

Awaitable<coordinator::Terms> Journeys::terms_of(EscrowId escrow) {
  coordinator::Terms terms;
  const JourneySpec& spec = of(escrow);
  if (!pays(spec.end)) co_return terms;
  terms.price = spec.price;
  terms.buyer_address = co_await new_address(escrow, Role::buyer);
  terms.vendor_address = co_await new_address(escrow, Role::vendor);
  co_return terms;
}

Awaitable<Journeys::Failure> Journeys::call(EscrowId escrow) {
  const SingleCall* call = find_single_call(of(escrow).method);
  assert(call);
  walletrpc::Request request = call->make();
  Failure failure = co_await target_.call(escrow, std::move(request));
  co_return failure;
}

Awaitable<coordinator::SetupOutcome> Journeys::set_up(EscrowId escrow, coordinator::Terms terms) {
  const JourneySpec& spec = of(escrow);
  OtherClients& others = others_[escrow];
  others.unanswered = spec.setup_clients - 1;
  for (std::uint32_t client = 1; client < spec.setup_clients; ++client)
    asio::co_spawn(executors_.for_escrow(escrow), ask_for_setup_too(escrow, terms), rethrow);
  coordinator::SetupOutcome outcome = co_await target_.set_up(escrow, terms);
  if (others.unanswered > 0) co_await others.all_answered.wait();
  if (spec.asks_twice) {
    coordinator::SetupOutcome again = co_await target_.set_up(escrow, std::move(terms));
    others.setups.push_back(std::move(again));
  }
  const bool all_alike =
      std::all_of(others.setups.begin(), others.setups.end(),
                  [&](const coordinator::SetupOutcome& told) { return told == outcome; });
  others_.erase(escrow);
  if (!all_alike) {
    outcome.ready = false;
    outcome.failure = "clients who asked for one escrow were told different things";
  }
  co_return outcome;
}

// A client beside the first, who asks for the same escrow.
Awaitable<void> Journeys::ask_for_setup_too(EscrowId escrow, coordinator::Terms terms) {
  coordinator::SetupOutcome told = co_await target_.set_up(escrow, std::move(terms));
  OtherClients& others = others_.at(escrow);
  others.setups.push_back(std::move(told));
  others.answered();
}

Awaitable<std::string> Journeys::new_address(EscrowId escrow, Role role) {
  std::string label = "escrow " + std::to_string(escrow) + ' ';
  label += name_of(role);
  BankResult<std::string> made = co_await bank_->make_address(std::move(label));
  if (!made) throw WorldError("the bank makes no address: " + made.error().why);
  co_return std::move(*made);
}

Awaitable<Journeys::Failure> Journeys::go_on(EscrowId escrow, std::string address,
                                             coordinator::Terms terms) {
  const JourneySpec& spec = of(escrow);
  Failure failure;
  if (spec.end == JourneyEnd::set_up) co_return failure;
  if (spec.end == JourneyEnd::vanish) {
    failure = co_await vanish(escrow, spec, std::move(address), std::move(terms));
    co_return failure;
  }
  co_await think(spec);
  failure = co_await deposit(escrow, spec, std::move(address));
  if (!failure) failure = co_await wait_for_deposit(escrow, spec);
  if (!failure) failure = co_await check(escrow, spec);
  if (failure) co_return failure;
  co_await think(spec);
  failure = co_await end(escrow, spec, terms);
  co_return failure;
}

Awaitable<void> Journeys::think(const JourneySpec& spec) {
  if (spec.think_time == Duration::zero()) co_return;
  const TimePoint thought = clock_.now() + spec.think_time;
  co_await clock_.sleep_until(thought);
}

// The others look for money that never comes, and ask for the address once more in the end.
Awaitable<Journeys::Failure> Journeys::vanish(EscrowId escrow, const JourneySpec& spec,
                                              std::string address, coordinator::Terms terms) {
  for (std::uint32_t look = 0; look < spec.checks; ++look) {
    const TimePoint next = clock_.now() + spec.check_every;
    co_await clock_.sleep_until(next);
    const coordinator::BalanceOutcome outcome = co_await target_.balance(escrow);
    if (outcome.seen && outcome.balance.total > Amount()) co_return "money came that nobody paid";
  }
  co_await think(spec);
  const coordinator::SetupOutcome kept = co_await target_.set_up(escrow, std::move(terms));
  if (!kept.ready || kept.address != address) co_return "the address was not kept";
  co_return Failure();
}

Awaitable<Journeys::Failure> Journeys::deposit(EscrowId escrow, const JourneySpec& spec,
                                               std::string address) {
  TimePoint when = clock_.now() + spec.deposit_after;
  for (std::uint32_t payment = 0; payment < spec.payments; ++payment) {
    co_await clock_.sleep_until(when);
    when = clock_.now() + spec.payments_every;
    const BankResult<std::string> paid = co_await bank_->pay(escrow, address, spec.price);
    if (!paid) co_return "the deposit was not paid: " + paid.error().why;
  }
  co_return Failure();
}

// A look that fails is as good as none: the next one tells.
Awaitable<Journeys::Failure> Journeys::wait_for_deposit(EscrowId escrow, const JourneySpec& spec) {
  for (;;) {
    const coordinator::BalanceOutcome outcome = co_await target_.balance(escrow);
    if (outcome.seen && outcome.balance.unlocked >= spec.price) co_return Failure();
    const TimePoint again = clock_.now() + spec.check_every;
    co_await clock_.sleep_until(again);
  }
}

// What is there stays there until it is paid out.
Awaitable<Journeys::Failure> Journeys::check(EscrowId escrow, const JourneySpec& spec) {
  for (std::uint32_t look = 0; look < spec.checks; ++look) {
    co_await think(spec);
    const coordinator::BalanceOutcome outcome = co_await target_.balance(escrow);
    if (outcome.seen && outcome.balance.unlocked < spec.price)
      co_return "the deposit is gone again";
  }
  co_return Failure();
}

Awaitable<Journeys::Failure> Journeys::end(EscrowId escrow, const JourneySpec& spec,
                                           const coordinator::Terms& terms) {
  const Decision decision = decision_of(escrow, spec);
  OtherClients& others = others_[escrow];
  others.unanswered = spec.clients - 1;
  for (std::uint32_t client = 1; client < spec.clients; ++client)
    asio::co_spawn(executors_.for_escrow(escrow), ask_too(escrow, decision), rethrow);
  coordinator::PayoutOutcome outcome = co_await target_.pay_out(escrow, decision);
  for (int refusals = 1; !outcome.paid && refusals < refusals_max; ++refusals) {
    const TimePoint again = clock_.now() + asks_again_after;
    co_await clock_.sleep_until(again);
    outcome = co_await target_.pay_out(escrow, decision);
  }
  if (others.unanswered > 0) co_await others.all_answered.wait();
  others_.erase(escrow);
  if (!outcome.paid) co_return "not paid out: " + outcome.failure;

  std::string payee = terms.address_of(coordinator::payee_of(decision));
  const BankResult<Amount> arrived = co_await bank_->received(std::move(payee));
  if (!arrived) co_return "what arrived is not known: " + arrived.error().why;
  if (*arrived != outcome.amount)
    co_return std::to_string(arrived->atomic()) + " atomic units arrived where " +
        std::to_string(outcome.amount.atomic()) + " were paid out";
  co_return Failure();
}

// A client beside the first: it looks, and asks for the same. What it is told nobody needs.
Awaitable<void> Journeys::ask_too(EscrowId escrow, Decision decision) {
  co_await target_.balance(escrow);
  co_await target_.pay_out(escrow, decision);
  others_.at(escrow).answered();
}

Decision Journeys::decision_of(EscrowId escrow, const JourneySpec& spec) const {
  switch (spec.end) {
    case JourneyEnd::release:
      return Decision::release;
    case JourneyEnd::refund:
      return Decision::refund;
    case JourneyEnd::set_up:
    case JourneyEnd::vanish:
    case JourneyEnd::call:
    case JourneyEnd::dispute:
      break;
  }
  return random_.stream("dispute", escrow).chance(1, 2) ? Decision::dispute_for_vendor
                                                        : Decision::dispute_for_buyer;
}

}  // namespace escrowstorm::sim
