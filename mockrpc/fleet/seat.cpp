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
           CpuShare& cpu, Executor executor, Duration phase)
    : instance_(std::move(instance)),
      latency_(latency),
      random_(random),
      clock_(clock),
      cpu_(cpu),
      executor_(std::move(executor)),
      last_refresh_(clock.now() + phase - default_refresh_period),
      callers_(std::make_unique<WaitList>()) {}

bool Seat::begin(std::shared_ptr<Turn> turn) {
  if (busy_) {
    queue_.push_back(std::move(turn));
    return false;
  }
  const Work first = execute(*turn);
  if (!takes_time(first.cost)) return true;
  busy_ = true;
  boost::asio::co_spawn(executor_, work(shared_from_this(), first), rethrow);
  return false;
}

Awaitable<void> Seat::wait() { co_await callers_->wait(); }

void Seat::close() {
  queue_.clear();
  callers_.reset();
}

// Runs apart from the callers as long as there is something to do.
Awaitable<void> Seat::work(std::shared_ptr<Seat> seat, Work now) {
  // Not before the caller waits: an answer whose time is over would wake nobody.
  co_await boost::asio::post(seat->executor_, boost::asio::use_awaitable);
  for (;;) {
    co_await seat->cpu_.compute(now.cost.computing);
    if (!seat->callers_) co_return;
    const TimePoint over = seat->clock_.now() + now.cost.waiting;
    co_await seat->clock_.sleep_until(over);
    if (!seat->callers_) co_return;
    if (now.has_caller) seat->callers_->wake_one();
    const std::optional<Work> next = seat->next_work();
    if (!next) co_return;
    now = *next;
  }
}

Seat::Work Seat::execute(Turn& turn) {
  Work work;
  if (turn.refresh) {
    work.has_caller = false;
    work.cost = latency_.draw(instance_.refresh(), random_);
  } else if (turn.request) {
    Execution execution = instance_.execute(*turn.request);
    turn.outcome = std::move(execution.outcome);
    work.cost = latency_.draw(execution.cost, random_);
    watch();
  }
  return work;
}

// Executes the calls in the queue up to the first that takes time.
std::optional<Seat::Work> Seat::next_work() {
  while (!queue_.empty()) {
    const std::shared_ptr<Turn> turn = std::move(queue_.front());
    queue_.pop_front();
    const Work next = execute(*turn);
    if (takes_time(next.cost)) return next;
    if (next.has_caller) callers_->wake_one();
  }
  busy_ = false;
  return std::nullopt;
}

// While no wallet is open nothing runs, so that an idle instance costs nothing.
void Seat::watch() {
  const std::chrono::seconds period(instance_.auto_refresh_seconds());
  if (watching_ || period == period.zero()) return;
  watching_ = true;
  // The real one counts on while it has no wallet.
  const auto passed = (clock_.now() - last_refresh_) / period;
  last_refresh_ += passed * period;
  boost::asio::co_spawn(executor_,
                        keep_refreshing(weak_from_this(), clock_, last_refresh_ + period), rethrow);
}

Awaitable<void> Seat::keep_refreshing(std::weak_ptr<Seat> weak, Clock& clock, TimePoint first) {
  std::optional<TimePoint> next = first;
  while (next) {
    const TimePoint until = *next;
    co_await clock.sleep_until(until);
    const std::shared_ptr<Seat> seat = weak.lock();
    if (!seat || !seat->callers_) co_return;
    next = seat->refresh_and_next();
  }
}

// Nothing when there is no wallet to refresh any more.
std::optional<TimePoint> Seat::refresh_and_next() {
  const std::chrono::seconds period(instance_.auto_refresh_seconds());
  last_refresh_ = clock_.now();
  if (period == period.zero()) {
    watching_ = false;
    return std::nullopt;
  }
  const auto turn = std::make_shared<Turn>();
  turn->refresh = true;
  if (busy_) {
    queue_.push_back(turn);
  } else {
    const Work first = execute(*turn);
    if (takes_time(first.cost)) {
      busy_ = true;
      boost::asio::co_spawn(executor_, work(shared_from_this(), first), rethrow);
    }
  }
  return last_refresh_ + period;
}

}  // namespace escrowstorm::mockrpc
