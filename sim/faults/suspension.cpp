#include "sim/faults/suspension.hpp"

#include <boost/assert.hpp>
#include <utility>

namespace escrowstorm::sim {

using coordinator::EscrowRecord;

// All of them hand on, and hold back what comes of it.
class Suspension::Seams final : public Clock, public Transport, public coordinator::EscrowStore {
 public:
  Seams(Suspension& own, Clock& clock, Transport& transport, coordinator::EscrowStore& store)
      : own_(own), clock_(clock), transport_(transport), store_(store) {}

  TimePoint now() const override { return clock_.now(); }
  Awaitable<void> sleep_until(TimePoint t) override {
    co_await clock_.sleep_until(t);
    co_await own_.pass();
  }
  std::unique_ptr<Timer> make_timer() override {
    BOOST_ASSERT_MSG(false, "a coordinator sleeps");
    return clock_.make_timer();
  }

  InstanceId instances() const override { return transport_.instances(); }
  Awaitable<CallResult<walletrpc::Answer>> call(InstanceId instance, walletrpc::Request request,
                                                std::optional<CallFor> whom,
                                                TimePoint deadline) override {
    co_await own_.pass();
    Awaitable<CallResult<walletrpc::Answer>> sending =
        transport_.call(instance, std::move(request), whom, deadline);
    CallResult<walletrpc::Answer> result = co_await std::move(sending);
    co_await own_.pass();
    co_return result;
  }

  Awaitable<std::optional<std::string>> commit(EscrowRecord record) override {
    co_await own_.pass();
    Awaitable<std::optional<std::string>> writing = store_.commit(std::move(record));
    std::optional<std::string> error = co_await std::move(writing);
    co_await own_.pass();
    co_return error;
  }

 private:
  Suspension& own_;
  Clock& clock_;
  Transport& transport_;
  coordinator::EscrowStore& store_;
};

class Suspension::Front final : public Target {
 public:
  Front(Suspension& own, Target& target) : own_(own), target_(target) {}

  Awaitable<coordinator::SetupOutcome> set_up(EscrowId id, coordinator::Terms terms) override {
    co_await own_.pass_client();
    Awaitable<coordinator::SetupOutcome> asking = target_.set_up(id, std::move(terms));
    co_return co_await std::move(asking);
  }
  Awaitable<coordinator::BalanceOutcome> balance(EscrowId id) override {
    co_await own_.pass_client();
    Awaitable<coordinator::BalanceOutcome> asking = target_.balance(id);
    co_return co_await std::move(asking);
  }
  Awaitable<coordinator::PayoutOutcome> pay_out(EscrowId id,
                                                coordinator::Decision decision) override {
    co_await own_.pass_client();
    Awaitable<coordinator::PayoutOutcome> asking = target_.pay_out(id, decision);
    co_return co_await std::move(asking);
  }
  // Not of the coordinator: who makes it goes on.
  Awaitable<std::optional<std::string>> call(std::uint64_t number,
                                             walletrpc::Request request) override {
    return target_.call(number, std::move(request));
  }
  Awaitable<void> rest() override {
    co_await own_.pass_client();
    Awaitable<void> asking = target_.rest();
    co_await std::move(asking);
  }

 private:
  Suspension& own_;
  Target& target_;
};

Suspension::Suspension(Clock& clock, Transport& transport, coordinator::EscrowStore& store)
    : seams_(std::make_unique<Seams>(*this, clock, transport, store)),
      waiting_(std::make_unique<WaitList>()) {}

Suspension::~Suspension() = default;

Clock& Suspension::clock() { return *seams_; }
Transport& Suspension::transport() { return *seams_; }
coordinator::EscrowStore& Suspension::store() { return *seams_; }

Target& Suspension::in_front_of(Target& target) {
  front_ = std::make_unique<Front>(*this, target);
  return *front_;
}

void Suspension::suspend() {
  BOOST_ASSERT(!is_suspended_);
  is_suspended_ = true;
}

void Suspension::resume() {
  if (!std::exchange(is_suspended_, false)) return;
  waiting_->wake_all();
  clients_.wake_all();
}

void Suspension::crash() {
  waiting_ = std::make_unique<WaitList>();
  is_suspended_ = false;
  clients_.wake_all();
}

Awaitable<void> Suspension::pass() {
  while (is_suspended_) co_await waiting_->wait();
}

Awaitable<void> Suspension::pass_client() {
  while (is_suspended_) co_await clients_.wait();
}

}  // namespace escrowstorm::sim
