// Drives a SetupMachine by hand: keeps what it asked for and has not got yet.
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "coordinator/setup/setup_machine.hpp"
#include "tests/coordinator/support/print.hpp"

namespace escrowstorm::test {

// What a wallet in order answers to this call.
walletrpc::Answer good_answer(const coordinator::Call& call);

CallError rpc_error(int code, std::string message);
CallError call_error(CallError::Kind kind, std::string message = "");

// The phases in which calls are made, in order.
inline constexpr coordinator::Phase acting_phases[] = {
    coordinator::Phase::create,     coordinator::Phase::label, coordinator::Phase::verify,
    coordinator::Phase::prepare,    coordinator::Phase::make,  coordinator::Phase::exchange_1,
    coordinator::Phase::exchange_2, coordinator::Phase::check, coordinator::Phase::reopen,
    coordinator::Phase::close};

struct MachineRig {
  explicit MachineRig(bool verify_wallet = true, EscrowId escrow = 7)
      : MachineRig(coordinator::SetupPolicy{"escrow", verify_wallet}, escrow) {}
  explicit MachineRig(const coordinator::SetupPolicy& policy, EscrowId escrow = 7,
                      bool is_last_attempt = true)
      : machine(escrow, 1, policy, {"buyer's", "vendor's", "arbiter's"}, is_last_attempt) {}
  explicit MachineRig(coordinator::SetupMachine made) : machine(std::move(made)) {}

  void lease();
  void commit(std::optional<std::string> error = std::nullopt);
  // Answers the call of `role` that is under way.
  void answer(Role role, CallResult<walletrpc::Answer> result);
  void answer_well(Role role);
  // The wait that began first is over.
  void end_wait();

  // Everything goes well until the commit of `phase` is asked for; then also that commit.
  void go_to(coordinator::Phase phase);

  // To the end: every answer good, every commit done; or all of them failing. Ends also where it
  // starts over.
  void finish_well();
  void finish_badly();

  bool under_way(Role role) const;
  const coordinator::Call& call_of(Role role) const;
  std::vector<std::string> methods_under_way() const;  // "buyer create_wallet", by role

  coordinator::SetupMachine machine;
  std::deque<coordinator::Call> calls;  // under way
  std::deque<coordinator::Wait> waits;  // likewise
  std::optional<coordinator::EscrowRecord> commit_asked;
  std::vector<coordinator::EscrowRecord> committed;
  std::vector<coordinator::Call> all_calls;  // ever made
  std::vector<std::string> closing_failures;
  std::string published;
  int releases = 0;
  coordinator::RoleSet drained;                        // as the lease was given back
  std::optional<std::string> started_over;             // why
  std::unique_ptr<coordinator::EscrowRecord> back_to;  // with it
  std::optional<coordinator::Phase> went_back;
  std::vector<std::string> copied;  // "from > to"
  std::set<std::string> kept;       // input copies that were not discarded
  std::string damaged;              // a file that can't be copied
  std::optional<coordinator::SetupOutcome> outcome;

 private:
  void take(std::vector<coordinator::SetupAction> actions);
  coordinator::Copied copied_by(const coordinator::Copy& copy);
};

}  // namespace escrowstorm::test
