#include "tests/coordinator/support/rig.hpp"

#include <boost/asio/co_spawn.hpp>

namespace escrowstorm::test {
namespace {

Awaitable<void> set_up_one(coordinator::Coordinator& coordinator, EscrowId id,
                           std::map<EscrowId, coordinator::SetupOutcome>& outcomes) {
  coordinator::SetupOutcome outcome = co_await coordinator.set_up(id);
  outcomes[id] = std::move(outcome);
}

void propagate(std::exception_ptr thrown) {
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace

std::vector<Event> RecordingObserver::of(EventKind kind, std::string_view phase) const {
  std::vector<Event> found;
  for (const Event& event : events) {
    if (event.kind == kind && (phase.empty() || event.phase == phase)) found.push_back(event);
  }
  return found;
}

Awaitable<std::optional<std::string>> FakeStore::commit(coordinator::EscrowRecord record) {
  ++under_way;
  const auto timer = timers.insert(timers.end(), clock.make_timer());
  const TimePoint until = clock.now() + latency;
  co_await (*timer)->wait_until(until);
  timers.erase(timer);
  --under_way;
  std::optional<std::string> error;
  if (on_commit) error = on_commit(record);
  if (!error) {
    log.push_back(record);
    records[record.id] = std::move(record);
  }
  co_return error;
}

std::vector<coordinator::Phase> FakeStore::phases_of(EscrowId id) const {
  std::vector<coordinator::Phase> phases;
  for (const coordinator::EscrowRecord& record : log) {
    if (record.id == id) phases.push_back(record.phase);
  }
  return phases;
}

Rig::Rig(InstanceId instances, coordinator::CoordinatorOptions options)
    : fleet(instances, clock),
      store(clock),
      coordinator(std::make_unique<coordinator::Coordinator>(fleet, clock, executors, observer,
                                                             store, std::move(options))) {
  using std::chrono::milliseconds;
  fleet.latency = {{"create_wallet", milliseconds(1000)},
                   {"make_multisig", milliseconds(200)},
                   {"exchange_multisig_keys", milliseconds(100)},
                   {"prepare_multisig", milliseconds(1)},
                   {"set_attribute", milliseconds(1)},
                   {"get_attribute", milliseconds(1)},
                   {"store", milliseconds(2)},
                   {"is_multisig", milliseconds(1)},
                   {"get_address", milliseconds(1)},
                   {"close_wallet", milliseconds(3)}};
}

void Rig::begin(EscrowId id) {
  boost::asio::co_spawn(loop, set_up_one(*coordinator, id, outcomes), propagate);
}

coordinator::SetupOutcome Rig::set_up(EscrowId id) {
  begin(id);
  run();
  EXPECT_TRUE(outcomes.contains(id)) << "escrow " << id << " never ended";
  return outcomes[id];
}

bool Rig::all_leases_returned() const {
  return observer.count(EventKind::lease, "granted") ==
         observer.count(EventKind::lease, "released");
}

}  // namespace escrowstorm::test
