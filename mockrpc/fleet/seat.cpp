#include "mockrpc/fleet/seat.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

namespace escrowstorm::mockrpc {
namespace {

void rethrow(std::exception_ptr error) {
  if (error) std::rethrow_exception(error);
}

bool takes_time(const CallCost& cost) { return cost.total() > Duration::zero(); }

}  // namespace

Seat::Seat(Instance instance, const LatencyProfile& latency, RandomStream random, Clock& clock,
           CpuShare& cpu, Executor executor)
    : instance_(std::move(instance)),
      latency_(latency),
      random_(random),
      clock_(clock),
      cpu_(cpu),
      executor_(std::move(executor)),
      callers_(std::make_unique<WaitList>()) {}

Awaitable<void> Seat::serve(std::shared_ptr<Turn> turn) {
  if (busy_) {
    queue_.push_back(std::move(turn));
  } else {
    const CallCost cost = execute(*turn);
    if (!takes_time(cost)) co_return;
    busy_ = true;
    boost::asio::co_spawn(executor_, work(shared_from_this(), cost), rethrow);
  }
  co_await callers_->wait();
}

void Seat::close() {
  queue_.clear();
  callers_.reset();
}

// Runs apart from the callers as long as there is something to do.
Awaitable<void> Seat::work(std::shared_ptr<Seat> seat, CallCost cost) {
  // Not before the caller waits: an answer whose time is over would wake nobody.
  co_await boost::asio::post(seat->executor_, boost::asio::use_awaitable);
  for (;;) {
    co_await seat->cpu_.compute(cost.computing);
    if (!seat->callers_) co_return;
    const TimePoint over = seat->clock_.now() + cost.waiting;
    co_await seat->clock_.sleep_until(over);
    if (!seat->callers_) co_return;
    seat->callers_->wake_one();
    const std::optional<CallCost> next = seat->next_cost();
    if (!next) co_return;
    cost = *next;
  }
}

CallCost Seat::execute(Turn& turn) {
  if (!turn.request) return CallCost{};
  Execution execution = instance_.execute(*turn.request);
  turn.outcome = std::move(execution.outcome);
  return latency_.draw(execution.cost, random_);
}

// Executes the calls in the queue up to the first that takes time.
std::optional<CallCost> Seat::next_cost() {
  while (!queue_.empty()) {
    const std::shared_ptr<Turn> turn = std::move(queue_.front());
    queue_.pop_front();
    const CallCost cost = execute(*turn);
    if (takes_time(cost)) return cost;
    callers_->wake_one();
  }
  busy_ = false;
  return std::nullopt;
}

}  // namespace escrowstorm::mockrpc
