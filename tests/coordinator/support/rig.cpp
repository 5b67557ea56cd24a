#include "tests/coordinator/support/rig.hpp"

#include <boost/asio/co_spawn.hpp>

namespace escrowstorm::test {
namespace {

Awaitable<void> set_up_one(coordinator::Coordinator& coordinator, EscrowId id,
                           std::map<EscrowId, coordinator::SetupOutcome>& outcomes, int& answers) {
  coordinator::SetupOutcome outcome = co_await coordinator.set_up(id);
  outcomes[id] = std::move(outcome);
  ++answers;
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
  const int life = crashes;
  const auto own = waiting.insert(waiting.end(), std::move(record));
  const auto timer = timers.insert(timers.end(), clock.make_timer());
  const TimePoint until = clock.now() + latency;
  co_await (*timer)->wait_until(until);
  timers.erase(timer);
  if (life != crashes) co_return "crashed meanwhile";
  --under_way;
  const coordinator::EscrowRecord committed = std::move(*own);
  waiting.erase(own);
  std::optional<std::string> error;
  if (on_commit) error = on_commit(committed);
  if (!error) keep(committed);
  co_return error;
}

void FakeStore::keep(coordinator::EscrowRecord record) {
  log.push_back(record);
  records[record.id] = std::move(record);
}

void FakeStore::crash(bool durable) {
  ++crashes;
  under_way = 0;
  for (coordinator::EscrowRecord& record : waiting) {
    if (durable) keep(std::move(record));
  }
  waiting.clear();
}

std::vector<coordinator::EscrowRecord> FakeStore::read_all() const {
  std::vector<coordinator::EscrowRecord> all;
  for (const auto& [id, record] : records) all.push_back(record);
  return all;
}

std::vector<coordinator::Phase> FakeStore::phases_of(EscrowId id) const {
  std::vector<coordinator::Phase> phases;
  for (const coordinator::EscrowRecord& record : log) {
    if (record.id == id) phases.push_back(record.phase);
  }
  return phases;
}

Rig::Rig(InstanceId instances, coordinator::CoordinatorOptions options)
    : fleet(instances, clock), store(clock), chosen(std::move(options)) {
  // These tests are about set-ups: all of them, and to their end.
  chosen.reopen_check = true;
  chosen.wallet_folder = &folder;
  chosen.life.sessions.policy = coordinator::SessionPolicy::open_per_step;
  restart();
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
  boost::asio::co_spawn(loop, set_up_one(*coordinator, id, outcomes, answers), propagate);
}

void Rig::restart(bool keep_commits) {
  coordinator.reset();
  store.crash(keep_commits);
  coordinator = std::make_unique<coordinator::Coordinator>(fleet, clock, executors, observer, store,
                                                           entropy, chosen, store.read_all());
}

coordinator::SetupOutcome Rig::set_up(EscrowId id) {
  begin(id);
  while (!outcomes.contains(id)) {
    if (clock.step(loop)) continue;
    ADD_FAILURE() << "escrow " << id << " never ended";
    break;
  }
  loop.restart();
  loop.poll();
  return outcomes[id];
}

bool Rig::all_leases_returned() const {
  return observer.count(EventKind::lease, "granted") ==
         observer.count(EventKind::lease, "released");
}

}  // namespace escrowstorm::test
