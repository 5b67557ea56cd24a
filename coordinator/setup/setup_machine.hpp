// The set-up of one escrow as a state machine: events in, actions out, no I/O and no clock. The
// three roles act in parallel; a phase begins when all three have ended the one before and the
// state of the escrow is committed. phase.hpp has their order, steps.hpp what is done in each.
//
// After a failure it waits for the calls under way, closes the wallets that are surely the escrow's
// own, gives the lease back and commits the failure. What goes wrong while the wallets are closed
// is reported and changes nothing. What was published stays so.
//
// An escrow that was published when its coordinator died needs nothing more: the machine made of
// its record commits that it is ready.
//
// Events that do not fit (an answer nobody waits for, a commit nobody asked for) are bugs of the
// driver: asserted, and ignored without assertions.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "coordinator/client/wallet_client.hpp"
#include "coordinator/setup/facts.hpp"
#include "coordinator/setup/outcome.hpp"
#include "coordinator/setup/persistence.hpp"
#include "coordinator/setup/publish_after.hpp"
#include "coordinator/slots/slot_pool.hpp"

namespace escrowstorm::coordinator {

// Events.
struct Leased {
  RoleInstances instances{};
};
struct Resumed {};  // instead of Leased, for an escrow that was published
struct Committed {
  std::optional<std::string> error;
};
struct Answered {
  Role role{};
  CallResult<walletrpc::Answer> result;
};
struct Waited {
  Role role{};
};
using SetupEvent = std::variant<Leased, Resumed, Committed, Answered, Waited>;

// Actions, to be carried out in their order. Each Commit is followed by one Committed, each Call by
// one Answered, each Wait by one Waited; the others need no event.
struct Commit {
  EscrowRecord record;
};
struct Call {
  CallSite site;
  walletrpc::Request request;
  Repeat repeat{};
};
struct Wait {
  Role role{};
  Duration time{};
};
struct Release {};
struct Published {
  std::string address;
};
struct ClosingFailed {  // after publication
  std::string reason;
};
struct Finish {  // the last one
  SetupOutcome outcome;
};
using SetupAction = std::variant<Commit, Call, Wait, Release, Published, ClosingFailed, Finish>;

struct SetupPolicy {
  std::string wallet_prefix = "escrow";
  bool verify_wallet = true;
  PublishAfter publish_after = PublishAfter::check;
  Persistence persistence = Persistence::journal;
  SetupWaits waits{};
  MultisigSwitch multisig_switch = MultisigSwitch::prepare;
};

class SetupMachine {
 public:
  SetupMachine(EscrowId escrow, std::uint32_t attempt, const SetupPolicy& policy);
  // REQUIRES: `published` has an address, and has not ended.
  explicit SetupMachine(EscrowRecord published);

  EscrowId escrow() const { return facts_.record.id; }
  bool is_published() const { return published_; }

  std::vector<SetupAction> on(SetupEvent event);

 private:
  enum class Stage : unsigned char {
    leasing,     // waits for its instances
    committing,  // the record's phase is being committed
    acting,      // ... and carried out
    failing,     // waits for the calls under way
    cleaning,    // closes what is its own
    ended,
  };
  struct Progress {
    std::size_t step = 0;  // of the phase
    bool under_way = false;
  };

  void handle(Leased& event);
  void handle(Resumed& event);
  void handle(Committed& event);
  void handle(Answered& event);
  void handle(Waited& event);
  void ended(Role role, std::optional<std::string> wrong);

  void enter(Phase phase);
  void act();
  std::span<const Step> steps() const;
  void take_step(Role role);
  void leave_step(Role role);
  void leave_phase();
  void publish();
  void closing_failed(std::string reason);
  void fail(std::string reason);
  void clean_up();
  void leave_instances(Phase end);
  void finish();
  bool any_under_way() const;
  Step step_of(Role role) const;
  void call(Role role, Step step, Phase phase, Repeat repeat);

  const SetupPolicy policy_;
  bool published_ = false;  // the address is committed
  Stage stage_ = Stage::leasing;
  SetupFacts facts_;
  std::array<Progress, role_count> roles_;
  std::vector<SetupAction> actions_;  // of the event being handled
};

}  // namespace escrowstorm::coordinator
