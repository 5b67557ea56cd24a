#include "coordinator/slots/drain.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <cassert>

#include "base/rethrow.hpp"
#include "coordinator/client/retry_rule.hpp"

namespace escrowstorm::coordinator {
namespace {

constexpr Duration pause_first = std::chrono::seconds(1);
constexpr Duration pause_longest = std::chrono::seconds(30);

// Looks each time whether somebody still waits for the answer, and keeps nobody alive by waiting.
Awaitable<void> ask_until_answered(std::weak_ptr<Drain> waiting,
                                   std::shared_ptr<WalletClient> client, Clock& clock,
                                   InstanceId instance) {
  Duration pause = pause_first;
  for (;;) {
    if (waiting.expired()) co_return;
    CallSite site;
    site.instance = instance;
    site.phase = "drain";
    walletrpc::Request request = walletrpc::CloseWallet();
    const CallResult<walletrpc::Answer> result =
        co_await client->call(std::move(site), std::move(request), Repeat::never);
    if (is_closed(result)) break;
    const TimePoint again = clock.now() + pause;
    co_await clock.sleep_until(again);
    pause = std::min(2 * pause, pause_longest);
  }
  if (const auto drain = waiting.lock()) drain->answered(instance);
}

}  // namespace

Drain::Drain(Clock& clock, Executors& executors, Observer& observer, SlotPool& slots,
             std::shared_ptr<WalletClient> client)
    : clock_(clock),
      executors_(executors),
      observer_(observer),
      slots_(slots),
      client_(std::move(client)) {}

void Drain::begin(InstanceId instance) {
  if (instance >= since_.size()) since_.resize(std::size_t{instance} + 1);
  std::optional<TimePoint>& since = since_[instance];
  if (since) return;
  since = clock_.now();
  slots_.suspend(instance);
  tell("suspended", instance, Duration::zero());
  boost::asio::co_spawn(executors_.for_instance(instance),
                        ask_until_answered(weak_from_this(), client_, clock_, instance), rethrow);
}

void Drain::answered(InstanceId instance) {
  std::optional<TimePoint>& since = since_[instance];
  assert(since);
  tell("resumed", instance, clock_.now() - *since);
  since.reset();
  slots_.resume(instance);
}

void Drain::tell(std::string_view phase, InstanceId instance, Duration duration) {
  Event event;
  event.at = clock_.now();
  event.kind = EventKind::lease;
  event.phase = phase;
  event.instance = instance;
  event.duration = duration;
  observer_.on(event);
}

}  // namespace escrowstorm::coordinator
