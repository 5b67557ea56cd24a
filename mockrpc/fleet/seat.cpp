#include "mockrpc/fleet/seat.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "base/rethrow.hpp"

namespace escrowstorm::mockrpc {
namespace {

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
  refresh_timer_.reset();
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
    seat->end_of(now);
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

void Seat::end_of(const Work& work) {
  if (work.has_caller) {
    callers_->wake_one();
  } else {
    refreshed();
    watch();
  }
}

// Executes the calls in the queue up to the first that takes time.
std::optional<Seat::Work> Seat::next_work() {
  while (!queue_.empty()) {
    const std::shared_ptr<Turn> turn = std::move(queue_.front());
    queue_.pop_front();
    const Work next = execute(*turn);
    if (takes_time(next.cost)) return next;
    end_of(next);
  }
  busy_ = false;
  return std::nullopt;
}

// Looks at what a call may have changed: whether there is a wallet to refresh, and how often. While
// there is none nothing runs, so that an idle instance costs nothing.
void Seat::watch() {
  const bool had_wallet = std::exchange(has_wallet_, instance_.can_refresh());
  if (!has_wallet_) return;
  const std::chrono::seconds period(instance_.auto_refresh_seconds());
  // The real one counts on while it has no wallet, though not while it is switched off.
  if (!had_wallet && !refreshing_ && period > period.zero()) {
    const auto passed = (clock_.now() - last_refresh_) / period;
    last_refresh_ += passed * period;
  }
  const auto next = next_refresh();
  if (!next) return;
  if (!awaited_) {
    awaited_ = next;
    if (!refresh_timer_) refresh_timer_ = clock_.make_timer();
    boost::asio::co_spawn(executor_, keep_refreshing(weak_from_this(), executor_), rethrow);
  } else if (*next < *awaited_) {
    refresh_timer_->cancel();
  }
}

// None while there is nothing to refresh, and while a refresh is not over.
std::optional<TimePoint> Seat::next_refresh() const {
  const std::chrono::seconds period(instance_.auto_refresh_seconds());
  if (!has_wallet_ || refreshing_ || period == period.zero()) return std::nullopt;
  return last_refresh_ + period;
}

Awaitable<void> Seat::keep_refreshing(std::weak_ptr<Seat> weak, Executor executor) {
  // Not within the call that asked for it.
  co_await boost::asio::post(executor, boost::asio::use_awaitable);
  for (;;) {
    std::shared_ptr<Seat> seat = weak.lock();
    if (!seat || !seat->callers_) co_return;
    const std::optional<TimePoint> next = seat->refresh_when_due();
    if (!next) co_return;
    Timer& timer = *seat->refresh_timer_;  // goes with the seat, and the wait with it
    seat.reset();
    co_await timer.wait_until(*next);
  }
}

// When to look again.
std::optional<TimePoint> Seat::refresh_when_due() {
  awaited_ = next_refresh();
  if (awaited_ && *awaited_ <= clock_.now()) {
    refresh();
    awaited_ = next_refresh();
  }
  return awaited_;
}

void Seat::refresh() {
  const auto turn = std::make_shared<Turn>();
  turn->refresh = true;
  refreshing_ = true;
  if (begin(turn)) refreshed();
}

void Seat::refreshed() {
  refreshing_ = false;
  last_refresh_ = clock_.now();
}

}  // namespace escrowstorm::mockrpc
