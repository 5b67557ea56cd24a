// A coordinator that may die and be started again, as a Target: who asked it for an escrow waits
// here, over any number of deaths. The escrows under way are asked for again after a start, as
// clients that try again would do.
//
// Tells events of kind escrow without an escrow: "crashed" and "restarted". Lives on the world's
// executor; all references outlive it. crash() and start() are never called from inside the
// coordinator: not by an observer, a transport or a store that it is just calling.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "base/wait_list.hpp"
#include "coordinator/coordinator.hpp"
#include "sim/target.hpp"

namespace escrowstorm::sim {

class CoordinatorHost final : public Target {
 public:
  // Up at once. `remembered` and what is thrown: as of the coordinator.
  CoordinatorHost(Transport& transport, Clock& clock, Executors& executors, Observer& observer,
                  coordinator::EscrowStore& store, coordinator::CoordinatorOptions options,
                  std::vector<coordinator::EscrowRecord> remembered = {});
  // As a crash, without telling so; who waits in set_up() is dropped.
  ~CoordinatorHost() override;
  CoordinatorHost(const CoordinatorHost&) = delete;
  CoordinatorHost& operator=(const CoordinatorHost&) = delete;

  // May be asked while the coordinator is down, and by several for one escrow.
  Awaitable<EscrowResult> set_up(EscrowId id) override;

  bool is_up() const;

  // Nothing of the coordinator acts any more. Calls that it sent go on at the instances; whether
  // commits under way become durable is the store's choice, made before start(). REQUIRES: is_up().
  void crash();

  // `remembered`: what the store holds. REQUIRES: !is_up().
  void start(std::vector<coordinator::EscrowRecord> remembered);

 private:
  // One coordinator, shared with the coroutines that ask it: those that come back, or begin, when
  // it is no more find it gone.
  struct Life {
    std::unique_ptr<coordinator::Coordinator> coordinator;
  };
  // Shared with those who wait, who may come back when the host is no more.
  struct Ending {
    bool ended = false;
    EscrowResult result;
  };
  struct Asked {
    std::shared_ptr<Ending> ending = std::make_shared<Ending>();
    WaitList waiters;
  };

  static Awaitable<void> ask(std::shared_ptr<Life> life, CoordinatorHost& host, EscrowId id);

  void live(std::vector<coordinator::EscrowRecord> remembered);
  void die();
  void ask_for(EscrowId id);
  void end(EscrowId id, coordinator::SetupOutcome outcome);
  void tell(std::string_view phase, bool ok);

  Transport& transport_;
  Clock& clock_;
  Executors& executors_;
  Observer& observer_;
  coordinator::EscrowStore& store_;
  const coordinator::CoordinatorOptions options_;
  std::map<EscrowId, Asked> asked_;  // not ended yet
  std::shared_ptr<Life> life_;       // null: down
};

}  // namespace escrowstorm::sim
