// Makes the faults of a scenario happen: answers for each call and each commit what becomes of it,
// and acts on the world at the times that are due, until all is calm. Tells what fires as events of
// kind fault. The same seed and calls give the same faults; each fault draws from its own stream
// "fault", by index.
//
// Lives on the world's executor; all references outlive it, and it outlives the tasks it starts:
// the world drops those first. A world whose scenario has no fault needs none.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/async.hpp"
#include "base/clock.hpp"
#include "base/observer.hpp"
#include "base/random.hpp"
#include "mockrpc/fleet/call_faults.hpp"
#include "sim/faults/call_trigger.hpp"
#include "sim/faults/commit_faults.hpp"
#include "sim/faults/fault.hpp"
#include "sim/faults/outages.hpp"
#include "sim/faults/table.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

// How often a fault fired: one that never did says nothing about who withstood it.
struct FaultCount {
  std::string_view fault;  // a name of the table
  std::uint64_t fired = 0;
};

class FaultEngine final : public mockrpc::CallFaults, public CommitFaults {
 public:
  FaultEngine(std::span<const FaultSpec> faults, const CalmSection& calm, WorldControl& world,
              Clock& clock, Executor executor, Observer& observer, const Random& random);
  FaultEngine(const FaultEngine&) = delete;
  FaultEngine& operator=(const FaultEngine&) = delete;

  // From now on things go wrong at their times, and calm comes at its own. Called once; calls are
  // answered with or without it.
  void start();

  mockrpc::Verdict arriving(const mockrpc::CallAtSeat& call) override;
  mockrpc::Verdict before(const mockrpc::CallAtSeat& call) override;
  mockrpc::Verdict after(const mockrpc::CallAtSeat& call) override;
  std::optional<std::string> before_commit(EscrowId escrow) override;
  bool after_commit(EscrowId escrow) override;

  // The escrow's record says so, and is durable: its calls are those of this phase from now on.
  void is_in(EscrowId escrow, coordinator::Phase phase);

  // Whether any of its faults is about commits.
  bool meddles_with_commits() const;

  // In the order of the scenario.
  std::vector<FaultCount> counts() const;

 private:
  // A fault of the scenario.
  struct Source {
    Source(const FaultSpec& spec, RandomStream random, RandomStream verdicts);

    std::string_view name;
    FaultTrigger trigger;
    Duration delay;
    FaultTarget target;
    std::string_view only_method;  // whose calls it takes; empty: of any
    bool by_calls;                 // rather than by its timetable, or by commits
    std::unique_ptr<Fault> fault;
    CallTrigger calls;
    RandomStream random;  // of what no call triggers
    RandomStream drawn;   // verdicts
    std::uint64_t fired = 0;

    bool by_commits() const { return target == FaultTarget::commit; }
    bool acts() const { return target != FaultTarget::call && !by_commits(); }  // on the world
    bool takes(const mockrpc::CallAtSeat& call, std::optional<coordinator::Phase> phase);
  };

  bool is_calm() const { return clock_.now() >= calm_at_; }
  mockrpc::Verdict ask(CallStage stage, const mockrpc::CallAtSeat& call);
  Event event_of(const Source& source) const;
  void tell(Source& source, Event event);

  void begin(Source& source, Event event);
  Awaitable<void> act(Source& source, Event event);
  void strike(Source& source, Event event);
  Awaitable<void> end_later(const Fault& fault, FaultSite site, Duration lasts);
  Awaitable<void> act_by_time(Source& source);
  Awaitable<void> calm_down();
  std::uint32_t draw_instance(Source& source);
  std::string draw_wallet(Source& source);
  bool exists(const FaultSite& site) const;
  std::optional<coordinator::Phase> phase_of(const mockrpc::CallAtSeat& call) const;

  Clock& clock_;
  Executor executor_;
  Observer& observer_;
  const TimePoint calm_at_;
  Outages outages_;
  std::vector<std::unique_ptr<Source>> sources_;
  bool asks_for_phases_ = false;                   // any of them: nobody else needs the map
  std::map<EscrowId, coordinator::Phase> phases_;  // that escrows are in
};

}  // namespace escrowstorm::sim
