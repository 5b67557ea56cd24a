// The set-up of one escrow as a state machine: events in, actions out, no I/O and no clock. The
// three roles act in parallel; a phase begins when all three have ended the one before and the
// state of the escrow is committed. phase.hpp has their order, steps.hpp what is done in each.
//
// After a failure it waits for the calls under way, closes the wallets that are surely the escrow's
// own, gives the lease back and commits the failure. A failure of the instances, before
// publication, is none of the escrow's where another attempt is allowed: then it ends with
// StartOver, uncommitted (start_over.hpp). What goes wrong while the wallets are closed is reported
// and changes nothing. What was published stays so.
//
// With persistence copy_per_round the wallets' files are copied before each round. An attempt that
// was interrupted in one, by its coordinator's death or its instances', goes back to it: copies of
// these copies, under new names, take the wallets' place.
//
// An escrow that was published when its coordinator died needs nothing more: the machine made of
// its record commits that it is ready.
//
// Events that do not fit (an answer nobody waits for, a commit nobody asked for) are bugs of the
// driver: asserted, and ignored without assertions.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "coordinator/client/wallet_client.hpp"
#include "coordinator/files/wallet_folder.hpp"
#include "coordinator/setup/facts.hpp"
#include "coordinator/setup/outcome.hpp"
#include "coordinator/setup/setup_policy.hpp"
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
struct Copied {
  Role role{};
  FolderResult<FilesDigest> digest;
};
using SetupEvent = std::variant<Leased, Resumed, Committed, Answered, Waited, Copied>;

// Actions, to be carried out in their order. Each Commit is followed by one Committed, each Call by
// one Answered, each Wait by one Waited, each Copy by one Copied; the others need no event.
struct Commit {
  std::unique_ptr<EscrowRecord> record;  // large beside the other actions, and rare
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
struct Copy {
  Role role{};
  std::string from, to;  // wallet files
  std::string expected;  // what `from` must be the digest of; empty: anything
};
struct Discard {
  std::string wallet;  // a copy that nobody needs any more
};
struct WentBack {
  Phase round{};
};
struct Release {
  RoleSet drain;  // roles whose instances did not answer last: not to be handed out as they are
};
struct Published {
  std::string address;
};
struct ClosingFailed {  // after publication
  std::string reason;
};
struct StartOver {  // the last one, or ...
  std::string reason;
  std::unique_ptr<EscrowRecord> back_to;  // where the next attempt can go back to, if it can
};
struct Finish {  // ... the last one
  SetupOutcome outcome;
};
using SetupAction = std::variant<Commit, Call, Wait, Copy, Discard, WentBack, Release, Published,
                                 ClosingFailed, StartOver, Finish>;

class SetupMachine {
 public:
  SetupMachine(EscrowId escrow, std::uint32_t attempt, const SetupPolicy& policy,
               WalletPasswords passwords, bool is_last_attempt = true, Terms terms = {});
  // REQUIRES: `published` has an address, and has not ended.
  explicit SetupMachine(EscrowRecord published);
  // Goes back to the round in which `interrupted` was. REQUIRES: can_go_back(interrupted, policy).
  SetupMachine(EscrowRecord interrupted, const SetupPolicy& policy, bool is_last_attempt);

  static bool can_go_back(const EscrowRecord& interrupted, const SetupPolicy& policy);

  EscrowId escrow() const { return facts_.record.id; }
  const EscrowRecord& record() const { return facts_.record; }
  std::uint32_t attempt() const { return facts_.record.attempt; }
  bool is_published() const { return published_; }

  std::vector<SetupAction> on(SetupEvent event);

 private:
  enum class Stage : unsigned char {
    leasing,     // waits for its instances
    copying,     // ... has copies made of the wallets that it goes on with
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
  void handle(Copied& event);
  void copied_back(Copied& event);
  void copied_ahead(Copied& event);
  void ended(Role role, std::optional<std::string> wrong, bool of_the_instance);

  void enter(Phase phase);
  void act();
  Steps steps() const;
  void go_back();
  void take_step(Role role);
  void keep_copy(Role role);
  void discard_copies();
  void discard_copies_of(Phase round);
  void leave_step(Role role);
  void leave_phase();
  void publish();
  void closing_failed(std::string reason);
  void fail(std::string reason, bool of_the_instance = false);
  void clean_up();
  void end_failed();
  RoleSet to_drain() const;
  void close_or_keep();
  void leave_instances(Phase end);
  void finish();
  bool any_under_way() const;
  Step step_of(Role role) const;
  void call(Role role, Step step, Phase phase, Repeat repeat);

  const SetupPolicy policy_;
  const bool is_last_attempt_ = true;
  bool published_ = false;                 // the address is committed
  bool in_copies_ = false;                 // the wallets of the phase are copies, to be opened
  std::unique_ptr<EscrowRecord> back_to_;  // as it was committed last, where copies are kept
  Stage stage_ = Stage::leasing;
  SetupFacts facts_;
  std::array<Progress, role_count> roles_;
  RoleSet unanswered_;                // whose last call was not answered, or did not close
  bool starts_over_ = false;          // once failing
  std::vector<SetupAction> actions_;  // of the event being handled
};

}  // namespace escrowstorm::coordinator
