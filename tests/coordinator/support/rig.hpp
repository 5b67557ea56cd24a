// A coordinator in virtual time over a FakeFleet, with a store and an observer that remember.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <vector>

#include "coordinator/coordinator.hpp"
#include "tests/coordinator/support/fake_fleet.hpp"
#include "tests/coordinator/support/fake_folder.hpp"
#include "tests/coordinator/support/print.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::test {

class RecordingObserver final : public Observer {
 public:
  void on(const Event& event) override { events.push_back(event); }

  std::vector<Event> of(EventKind kind, std::string_view phase = "") const;
  std::size_t count(EventKind kind, std::string_view phase = "") const {
    return of(kind, phase).size();
  }

  std::vector<Event> events;
};

// Commits take a while; what is durable is kept in `records`.
class FakeStore final : public coordinator::EscrowStore {
 public:
  explicit FakeStore(Clock& world_clock) : clock(world_clock) {}

  Awaitable<std::optional<std::string>> commit(coordinator::EscrowRecord record) override;

  std::vector<coordinator::Phase> phases_of(EscrowId id) const;

  // The coordinator is no more: commits under way become durable now, or never.
  void crash(bool durable);
  // What a new one is given.
  std::vector<coordinator::EscrowRecord> read_all() const;

  // Why a commit fails, if it does.
  std::function<std::optional<std::string>(const coordinator::EscrowRecord&)> on_commit;
  Duration latency = std::chrono::milliseconds(3);
  std::map<EscrowId, coordinator::EscrowRecord> records;
  std::vector<coordinator::EscrowRecord> log;  // in the order they became durable
  int under_way = 0;

 private:
  void keep(coordinator::EscrowRecord record);

  Clock& clock;
  std::list<coordinator::EscrowRecord> waiting;  // under way
  int crashes = 0;
  std::list<std::unique_ptr<Timer>> timers;
};

// Destroyed from the bottom up: the coordinator first, the loop last.
struct Rig {
  explicit Rig(InstanceId instances, coordinator::CoordinatorOptions options = {});

  // Begins a set-up; its outcome appears in `outcomes`.
  void begin(EscrowId id);
  // Runs until nothing is left to do. Never ends while an instance is drained that never answers.
  void run() { clock.run(loop); }
  // One escrow from begin to end, and no further.
  coordinator::SetupOutcome set_up(EscrowId id);

  // The coordinator dies, and another starts.
  void restart(bool keep_commits = false);

  // Three instances granted for each three released.
  bool all_leases_returned() const;

  boost::asio::io_context loop;
  ManualClock clock;
  RecordingObserver observer;
  SingleExecutor executors{loop.get_executor()};
  FakeFleet fleet;
  FakeFolder folder{fleet};
  FakeStore store;
  coordinator::SeededEntropy entropy{RandomStream(1)};
  coordinator::CoordinatorOptions chosen;
  std::map<EscrowId, coordinator::SetupOutcome> outcomes;
  int answers = 0;
  std::unique_ptr<coordinator::Coordinator> coordinator;
};

}  // namespace escrowstorm::test
