#include "sim/storm/storm.hpp"

#include <boost/asio/co_spawn.hpp>
#include <cassert>

#include "base/rethrow.hpp"
#include "coordinator/client/error_text.hpp"

namespace escrowstorm::sim {

namespace asio = boost::asio;

Storm::Storm(Target& target, Journeys& journeys, Clock& clock, Executors& executors,
             Observer& observer, StormOptions options, std::unique_ptr<Arrivals> arrivals)
    : target_(target),
      journeys_(journeys),
      clock_(clock),
      executors_(executors),
      observer_(observer),
      options_(options),
      escrows_(options.escrows),
      arrivals_(std::move(arrivals)),
      next_due_(arrivals_ ? clock.make_timer() : nullptr) {
  assert(options_.at_once > 0);
}

Awaitable<void> Storm::run() {
  if (arrivals_) {
    co_await take_arrivals();
  } else {
    start_more();
  }
  while (!is_over() && !given_up_) co_await all_ended_.wait();
  if (!given_up_) co_await target_.rest();
}

void Storm::give_up() {
  given_up_ = true;
  if (next_due_) next_due_->cancel();
  all_ended_.wake_all();
}

bool Storm::start_no_more() {
  if (counts_.started == escrows_) return false;
  escrows_ = counts_.started;
  due_.clear();
  if (next_due_) next_due_->cancel();
  if (is_over()) all_ended_.wake_all();
  return true;
}

std::optional<TimePoint> Storm::waiting_since() const {
  return counts_.unfinished() > 0 ? std::optional(waiting_since_) : std::nullopt;
}

bool Storm::is_over() const { return counts_.started == escrows_ && counts_.unfinished() == 0; }

Awaitable<void> Storm::take_arrivals() {
  const TimePoint began = clock_.now();
  for (std::uint64_t taken = 0; taken < escrows_; ++taken) {
    const TimePoint at = began + arrivals_->next();
    if (at > clock_.now()) co_await next_due_->wait_until(at);
    if (given_up_ || taken >= escrows_) co_return;
    const bool late = counts_.unfinished() >= options_.at_once;
    due_.push_back(Due{at, late});
    start_more();
  }
}

void Storm::start_more() {
  if (starting_) return;  // an escrow that ended at once: the loop below goes on
  starting_ = true;
  while (!given_up_ && may_start()) start(counts_.started++);
  starting_ = false;
}

bool Storm::may_start() const {
  if (arrivals_ && due_.empty()) return false;
  // Who thinks has the next escrow to begin.
  return counts_.started + thinking_ < escrows_ &&
         counts_.unfinished() + thinking_ < options_.at_once;
}

void Storm::start(EscrowId id) {
  const TimePoint now = clock_.now();
  if (counts_.unfinished() == 1) waiting_since_ = now;
  TimePoint began = now;
  std::string how;
  if (arrivals_) {
    began = due_.front().at;
    how = due_.front().late ? storm_start::late : storm_start::on_schedule;
    due_.pop_front();
  }
  tell(id, storm_phase::requested, true, std::move(how), now - began);
  asio::co_spawn(executors_.for_escrow(id), one_escrow(id, began), rethrow);
}

Awaitable<void> Storm::one_escrow(EscrowId id, TimePoint began) {
  std::optional<std::string> failure = co_await journey(id, began);
  const Duration duration = clock_.now() - began;
  waiting_since_ = clock_.now();
  ++(failure ? counts_.failed : counts_.completed);
  tell(id, storm_phase::ended, !failure, std::move(failure).value_or(""), duration);

  const bool goes_on = counts_.started + thinking_ < escrows_;
  if (options_.think_time > Duration::zero() && goes_on) co_await think();
  start_more();
  if (is_over()) all_ended_.wake_all();
}

Awaitable<void> Storm::think() {
  ++thinking_;
  const TimePoint thought = clock_.now() + options_.think_time;
  co_await clock_.sleep_until(thought);
  --thinking_;
}

Awaitable<std::optional<std::string>> Storm::journey(EscrowId id, TimePoint began) {
  std::optional<std::string> failure;
  if (journeys_.of(id).end == JourneyEnd::call) {
    failure = co_await journeys_.call(id);
    if (!failure) tell(id, storm_phase::answered, true, "", clock_.now() - began);
    co_return failure;
  }
  const coordinator::Terms terms = co_await journeys_.terms_of(id);
  coordinator::SetupOutcome outcome = co_await journeys_.set_up(id, terms);
  if (!outcome.ready) co_return std::move(outcome.failure);
  if (journeys_.of(id).end == JourneyEnd::set_up) co_return failure;
  tell(id, storm_phase::set_up, true, coordinator::shortened(outcome.address),
       clock_.now() - began);
  failure = co_await journeys_.go_on(id, std::move(outcome.address), terms);
  co_return failure;
}

void Storm::tell(EscrowId id, std::string_view phase, bool ok, std::string message,
                 Duration duration) {
  Event event;
  event.at = clock_.now();
  event.kind = EventKind::escrow;
  event.phase = phase;
  event.escrow = id;
  event.ok = ok;
  event.message = std::move(message);
  event.duration = duration;
  observer_.on(event);
}

}  // namespace escrowstorm::sim
