// Carries out one set-up: feeds events to its SetupMachine and does what the machine says. Every
// wait (lease, commit, call) is a coroutine of its own on the escrow's executor that holds the run
// weakly, so a run that is dropped in the middle, as in a crash, hears and does nothing more.
//
// Lives on the world's executor, owned by the coordinator; what Seams refers to outlives it, the
// client is shared with the calls under way.
#pragma once

#include <functional>
#include <list>
#include <memory>

#include "base/executors.hpp"
#include "base/wait_list.hpp"
#include "coordinator/setup/gates.hpp"
#include "coordinator/setup/setup_machine.hpp"
#include "coordinator/slots/drain.hpp"

namespace escrowstorm::coordinator {

class SetupRun : public std::enable_shared_from_this<SetupRun> {
 public:
  struct Seams {
    Clock& clock;
    Executors& executors;
    Observer& observer;
    EscrowStore& store;
    SlotPool& slots;
    Drain& drain;
    Gates& gates;
    std::shared_ptr<WalletClient> client;
    WalletFolder* folder;  // null where no files are to be copied
  };

  // Who hears how it ended; it may drop the run.
  struct Owner {
    // `kept`: the lease of wallets that stay open; null where it was given back.
    std::function<void(const SetupOutcome&, const EscrowRecord&, const Lease* kept)> end;
    // With another run, after that attempt; or where it can go back to, instead of a new one.
    std::function<void(std::uint32_t attempt, std::unique_ptr<EscrowRecord> back_to)> start_over;
  };

  // Runs once: one attempt. One function of `owner` is called last.
  SetupRun(Seams seams, SetupMachine machine, Owner owner);

  void start();

  // What the carriers of waits come back with.
  void leased(const Lease& lease);
  void committed(std::optional<std::string> error);
  void answered(Role role, CallResult<walletrpc::Answer> result);
  void created(Role role, CallResult<walletrpc::Answer> result);
  void waited(Role role);

 private:
  void handle(SetupEvent event);
  void act_on(SetupEvent& event);
  void carry_out(Commit& action);
  void carry_out(Call& action);
  void carry_out(Wait& action);
  void carry_out(Copy& action);
  void carry_out(Discard& action);
  void carry_out(WentBack& action);
  void carry_out(Release& action);
  void carry_out(Published& action);
  void carry_out(ClosingFailed& action);
  void carry_out(StartOver& action);
  void carry_out(Finish& action);
  void spawn(Awaitable<void> carrier);
  void tell(EventKind kind, std::string_view phase, bool ok, std::string message,
            Duration duration);

  Seams seams_;
  SetupMachine machine_;
  const EscrowId escrow_;
  const Owner owner_;
  TimePoint started_{};
  TimePoint commit_began_{};
  std::string_view commit_phase_;
  Lease lease_;
  bool leased_ = false;
  // Events that came while another was being handled: carriers may come back at once.
  std::list<SetupEvent> inbox_;  // a deque has 600 idle bytes
  bool handling_ = false;
};

}  // namespace escrowstorm::coordinator
