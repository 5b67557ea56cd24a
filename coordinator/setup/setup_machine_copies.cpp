// The part of SetupMachine that keeps copies of the wallets' files, and goes back to a round in
// them.
#include <algorithm>
#include <cassert>

#include "coordinator/setup/round_copies.hpp"
#include "coordinator/setup/setup_machine.hpp"
#include "coordinator/setup/wallet_name.hpp"

namespace escrowstorm::coordinator {

SetupMachine::SetupMachine(EscrowRecord interrupted, const SetupPolicy& policy,
                           bool is_last_attempt)
    : policy_(policy),
      is_last_attempt_(is_last_attempt),
      in_copies_(true),
      facts_(std::move(interrupted), policy.wallet_prefix) {
  assert(can_go_back(facts_.record, policy));
}

bool SetupMachine::can_go_back(const EscrowRecord& interrupted, const SetupPolicy& policy) {
  const auto is_known = [](const std::string& digest) { return !digest.empty(); };
  return policy.persistence == Persistence::copy_per_round && interrupted.address.empty() &&
         round_to_go_back_to(interrupted.phase) &&
         std::all_of(interrupted.copies.begin(), interrupted.copies.end(), is_known);
}

// In copies of what the round began with: those are kept for another time.
void SetupMachine::go_back() {
  EscrowRecord& record = facts_.record;
  record.phase = *round_to_go_back_to(record.phase);
  stage_ = Stage::copying;
  for (const Role role : all_roles) {
    const std::size_t r = index_of(role);
    roles_[r].under_way = true;
    std::string& wallet = record.wallets[r];
    const std::string from = input_copy_name(wallet, record.phase);
    wallet = next_copy_name(wallet);
    actions_.push_back(Copy{role, from, wallet, record.copies[r]});
  }
}

void SetupMachine::handle(Copied& event) {
  assert(roles_[index_of(event.role)].under_way);
  if (!roles_[index_of(event.role)].under_way) return;
  if (stage_ == Stage::copying)
    copied_back(event);
  else
    copied_ahead(event);
}

// Where there is nothing to go back to the escrow starts over.
void SetupMachine::copied_back(Copied& event) {
  roles_[index_of(event.role)].under_way = false;
  if (!event.digest && facts_.record.failure.empty())
    facts_.record.failure =
        std::string(name_of(event.role)) + ": going back: " + event.digest.error().message;
  if (any_under_way()) return;
  if (!facts_.record.failure.empty()) {
    starts_over_ = !is_last_attempt_;
    return end_failed();
  }
  actions_.push_back(WentBack{facts_.record.phase});
  enter(facts_.record.phase);
}

void SetupMachine::copied_ahead(Copied& event) {
  std::optional<std::string> wrong;
  if (event.digest)
    facts_.record.copies[index_of(event.role)] = event.digest->hex;
  else
    wrong = std::string(name_of(event.role)) +
            ": copy before the next round: " + event.digest.error().message;
  ended(event.role, std::move(wrong), false);
}

void SetupMachine::keep_copy(Role role) {
  const std::string& wallet = facts_.record.wallets[index_of(role)];
  const Phase round = *copies_for_after(facts_.record.phase);
  roles_[index_of(role)].under_way = true;
  actions_.push_back(Copy{role, wallet, input_copy_name(wallet, round), ""});
}

void SetupMachine::discard_copies() {
  if (policy_.persistence != Persistence::copy_per_round) return;
  for (const Phase round : {Phase::make, Phase::exchange_1, Phase::exchange_2})
    discard_copies_of(round);
}

void SetupMachine::discard_copies_of(Phase round) {
  for (const std::string& wallet : facts_.record.wallets)
    actions_.push_back(Discard{input_copy_name(wallet, round)});
}

}  // namespace escrowstorm::coordinator
