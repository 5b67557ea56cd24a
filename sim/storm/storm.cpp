#include "sim/storm/storm.hpp"

#include <boost/asio/co_spawn.hpp>
#include <cassert>

#include "base/rethrow.hpp"
#include "coordinator/client/error_text.hpp"

namespace escrowstorm::sim {

namespace asio = boost::asio;

Storm::Storm(Target& target, Journeys& journeys, Clock& clock, Executors& executors,
             Observer& observer, StormOptions options)
    : target_(target),
      journeys_(journeys),
      clock_(clock),
      executors_(executors),
      observer_(observer),
      options_(options) {
  assert(options_.at_once > 0);
}

Awaitable<void> Storm::run() {
  start_more();
  while (counts_.unfinished() > 0 && !given_up_) co_await all_ended_.wait();
  if (!given_up_) co_await target_.rest();
}

void Storm::give_up() {
  given_up_ = true;
  all_ended_.wake_all();
}

void Storm::start_more() {
  if (starting_) return;  // an escrow that ended at once: the loop below goes on
  starting_ = true;
  while (!given_up_ && counts_.started < options_.escrows &&
         counts_.unfinished() < options_.at_once)
    start(counts_.started++);
  starting_ = false;
}

void Storm::start(EscrowId id) {
  const TimePoint now = clock_.now();
  tell(id, storm_phase::requested, true, "", Duration::zero());
  asio::co_spawn(executors_.for_escrow(id), one_escrow(id, now), rethrow);
}

Awaitable<void> Storm::one_escrow(EscrowId id, TimePoint began) {
  std::optional<std::string> failure = co_await journey(id, began);
  const Duration duration = clock_.now() - began;
  last_end_ = clock_.now();
  ++(failure ? counts_.failed : counts_.completed);
  tell(id, storm_phase::ended, !failure, std::move(failure).value_or(""), duration);

  start_more();
  if (counts_.unfinished() == 0) all_ended_.wake_all();
}

Awaitable<std::optional<std::string>> Storm::journey(EscrowId id, TimePoint began) {
  const coordinator::Terms terms = co_await journeys_.terms_of(id);
  coordinator::SetupOutcome outcome = co_await target_.set_up(id, terms);
  if (!outcome.ready) co_return std::move(outcome.failure);
  std::optional<std::string> failure;
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
