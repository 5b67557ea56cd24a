#include "sim/storm/storm.hpp"

#include <boost/asio/co_spawn.hpp>
#include <cassert>

#include "base/rethrow.hpp"

namespace escrowstorm::sim {

namespace asio = boost::asio;

Storm::Storm(Target& target, Clock& clock, Executors& executors, Observer& observer,
             StormOptions options)
    : target_(target),
      clock_(clock),
      executors_(executors),
      observer_(observer),
      options_(options) {
  assert(options_.at_once > 0);
}

Awaitable<void> Storm::run() {
  start_more();
  while (counts_.unfinished() > 0 && !given_up_) co_await all_ended_.wait();
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
  Event event;
  event.at = clock_.now();
  event.kind = EventKind::escrow;
  event.phase = storm_phase::requested;
  event.escrow = id;
  observer_.on(event);
  asio::co_spawn(executors_.for_escrow(id), one_escrow(id, event.at), rethrow);
}

Awaitable<void> Storm::one_escrow(EscrowId id, TimePoint began) {
  EscrowResult result = co_await target_.set_up(id);

  Event event;
  event.at = clock_.now();
  event.kind = EventKind::escrow;
  event.phase = storm_phase::ended;
  event.escrow = id;
  event.ok = result.ready;
  event.message = std::move(result.failure);
  event.duration = event.at - began;
  last_end_ = event.at;
  ++(result.ready ? counts_.ready : counts_.failed);
  observer_.on(event);

  start_more();
  if (counts_.unfinished() == 0) all_ended_.wake_all();
}

}  // namespace escrowstorm::sim
