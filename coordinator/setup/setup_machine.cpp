#include "coordinator/setup/setup_machine.hpp"

#include <algorithm>
#include <cassert>

#include "coordinator/client/error_text.hpp"
#include "coordinator/client/retry_rule.hpp"
#include "coordinator/setup/start_over.hpp"

namespace escrowstorm::coordinator {

SetupMachine::SetupMachine(EscrowId escrow, std::uint32_t attempt, const SetupPolicy& policy,
                           WalletPasswords passwords, bool is_last_attempt, Terms terms)
    : policy_(policy),
      is_last_attempt_(is_last_attempt),
      facts_(escrow, attempt, policy.wallet_prefix, std::move(passwords)) {
  facts_.record.terms = std::move(terms);
}

SetupMachine::SetupMachine(EscrowRecord published)
    : published_(true), facts_(std::move(published), policy_.wallet_prefix) {
  assert(!facts_.record.address.empty() && !is_set_up(facts_.record.phase));
}

std::vector<SetupAction> SetupMachine::on(SetupEvent event) {
  std::visit([this](auto& one) { handle(one); }, event);
  return std::exchange(actions_, {});
}

void SetupMachine::handle(Leased& event) {
  assert(stage_ == Stage::leasing && !published_);
  if (stage_ != Stage::leasing) return;
  facts_.record.instances = event.instances;
  if (in_copies_) return go_back();
  enter(Phase::create);
}

void SetupMachine::handle(Resumed&) {
  assert(stage_ == Stage::leasing && published_);
  if (stage_ == Stage::leasing) enter(Phase::ready);
}

void SetupMachine::handle(Committed& event) {
  assert(stage_ == Stage::committing);
  if (stage_ != Stage::committing) return;
  if (!event.error) return act();

  const Phase phase = facts_.record.phase;
  if (is_set_up(phase)) return finish();
  std::string reason = "commit before ";
  reason += name_of(phase);
  reason += ": " + one_line(*event.error);
  if (phase != Phase::close) return fail(std::move(reason));
  closing_failed(std::move(reason));
  leave_instances(Phase::ready);
}

void SetupMachine::handle(Answered& event) {
  Progress& progress = roles_[index_of(event.role)];
  assert(progress.under_way);
  if (!progress.under_way) return;
  const Step step = step_of(event.role);
  const bool closes = step == Step::close_wallet;
  if (closes ? is_closed(event.result) : was_answered(event.result))
    unanswered_.remove(event.role);
  else
    unanswered_.add(event.role);
  std::optional<std::string> wrong = facts_.learn(event.role, step, event.result);
  if (facts_.record.phase == Phase::prepare && step == Step::close_wallet)
    wrong.reset();  // a purge
  if (step == Step::look_fresh && !wrong && !shows_multisig(event.result))
    progress.step += steps_of_a_purge;
  const bool of_the_instance =
      is_fault_of_instance(step, event.result, facts_.is_lost(event.role), policy_.exclusive_slots);
  ended(event.role, std::move(wrong), of_the_instance);
}

void SetupMachine::handle(Waited& event) {
  assert(roles_[index_of(event.role)].under_way);
  if (roles_[index_of(event.role)].under_way) ended(event.role, std::nullopt, false);
}

// What a role did is over.
void SetupMachine::ended(Role role, std::optional<std::string> wrong, bool of_the_instance) {
  roles_[index_of(role)].under_way = false;
  switch (stage_) {
    case Stage::acting:
      if (wrong && facts_.record.phase == Phase::close)
        closing_failed(std::move(*wrong));
      else if (wrong)
        return fail(std::move(*wrong), of_the_instance);
      return leave_step(role);
    case Stage::failing:
      if (!any_under_way()) clean_up();
      return;
    case Stage::cleaning:
      if (!any_under_way()) end_failed();
      return;
    case Stage::leasing:
    case Stage::copying:
    case Stage::committing:
    case Stage::ended:
      assert(false);  // nothing is under way in these
  }
}

void SetupMachine::enter(Phase phase) {
  facts_.record.phase = phase;
  stage_ = Stage::committing;
  auto record = std::make_unique<EscrowRecord>(facts_.record);
  if (policy_.persistence == Persistence::none) {
    record->messages = {};
    if (!is_set_up(phase)) record->address.clear();
  }
  actions_.push_back(Commit{std::move(record)});
}

// The phase is committed: do it.
void SetupMachine::act() {
  if (policy_.persistence == Persistence::copy_per_round) {
    back_to_ = std::make_unique<EscrowRecord>(facts_.record);
    if (facts_.record.phase == Phase::exchange_1) discard_copies_of(Phase::make);
    if (facts_.record.phase == Phase::exchange_2) discard_copies_of(Phase::exchange_1);
  }
  switch (facts_.record.phase) {
    case Phase::publish:
      published_ = true;
      actions_.push_back(Published{facts_.record.address});
      if (policy_.publish_after == PublishAfter::make) return enter(Phase::exchange_1);
      return close_or_keep();
    case Phase::ready:
    case Phase::failed:
      return finish();
    default:
      stage_ = Stage::acting;
      roles_ = {};
      actions_.reserve(role_count);
      if (policy_.waits.rounds == Rounds::sequential) return take_step(all_roles.front());
      for (const Role role : all_roles) take_step(role);
  }
}

Steps SetupMachine::steps() const { return steps_of(facts_.record.phase, policy_, in_copies_); }

void SetupMachine::take_step(Role role) {
  const SetupWaits& waits = policy_.waits;
  const Step step = step_of(role);
  if (step == Step::keep_copy) return keep_copy(role);
  if (!is_wait(step)) return call(role, step, facts_.record.phase, Repeat::where_allowed);
  const bool is_last = waits.rounds == Rounds::sequential && role == all_roles.back();
  if (step == Step::wait_after_make && is_last) return leave_step(role);
  roles_[index_of(role)].under_way = true;
  actions_.push_back(
      Wait{role, step == Step::purge_wait ? waits.purge_wait : waits.wait_after_make});
}

// To the role's next step; or else to the next role's first, where one acts after another; or else,
// when all are through, out of the phase.
void SetupMachine::leave_step(Role role) {
  const std::size_t count = steps().size();
  if (++roles_[index_of(role)].step < count) return take_step(role);
  const auto at_end = [count](const Progress& progress) { return progress.step == count; };
  if (std::all_of(roles_.begin(), roles_.end(), at_end)) return leave_phase();
  if (policy_.waits.rounds == Rounds::sequential) take_step(all_roles[index_of(role) + 1]);
}

// All three roles are through.
void SetupMachine::leave_phase() {
  const Phase phase = facts_.record.phase;
  in_copies_ = false;
  switch (phase) {
    case Phase::label:
      return enter(policy_.verify_wallet ? Phase::verify : Phase::prepare);
    case Phase::make:
      return policy_.publish_after == PublishAfter::make ? publish() : enter(Phase::exchange_1);
    case Phase::check:
      if (auto wrong = facts_.disagreement()) return fail(std::move(*wrong));
      if (policy_.verify_wallet && policy_.reopen_check) return enter(Phase::reopen);
      [[fallthrough]];
    case Phase::reopen:
      return published_ ? close_or_keep() : publish();
    case Phase::close:
      return leave_instances(Phase::ready);
    default:
      return enter(static_cast<Phase>(static_cast<int>(phase) + 1));
  }
}

// What is kept goes with the end.
void SetupMachine::close_or_keep() { enter(policy_.keep_open ? Phase::ready : Phase::close); }

void SetupMachine::publish() {
  facts_.record.address = facts_.address();
  enter(Phase::publish);
}

void SetupMachine::closing_failed(std::string reason) {
  actions_.push_back(ClosingFailed{std::move(reason)});
}

void SetupMachine::fail(std::string reason, bool of_the_instance) {
  starts_over_ = of_the_instance && !published_ && !is_last_attempt_;
  facts_.record.failure = std::move(reason);
  if (!published_) facts_.record.address.clear();  // when it could not be committed
  stage_ = Stage::failing;
  if (!any_under_way()) clean_up();
}

void SetupMachine::clean_up() {
  stage_ = Stage::cleaning;
  for (const Role role : all_roles) {
    // Who does not ask whose wallet is open closes what it once opened, whoever has it now.
    const bool close = policy_.verify_wallet ? facts_.is_own(role) : facts_.is_open(role);
    if (close && !to_drain().has(role)) call(role, Step::close_wallet, Phase::close, Repeat::never);
  }
  if (!any_under_way()) end_failed();
}

void SetupMachine::end_failed() {
  if (!starts_over_) return leave_instances(Phase::failed);
  stage_ = Stage::ended;
  actions_.push_back(Release{to_drain()});
  StartOver again{facts_.record.failure, nullptr};
  if (back_to_ && can_go_back(*back_to_, policy_))
    again.back_to = std::move(back_to_);
  else
    discard_copies();
  actions_.push_back(std::move(again));
}

// A shared instance has another's wallet open, which a drain would close.
RoleSet SetupMachine::to_drain() const { return policy_.exclusive_slots ? unanswered_ : RoleSet(); }

void SetupMachine::leave_instances(Phase end) {
  actions_.push_back(Release{to_drain()});
  enter(end);
}

void SetupMachine::finish() {
  stage_ = Stage::ended;
  SetupOutcome outcome;
  outcome.ready = facts_.record.phase == Phase::ready;
  outcome.address = facts_.record.address;
  outcome.failure = facts_.record.failure;
  discard_copies();
  actions_.push_back(Finish{std::move(outcome)});
}

bool SetupMachine::any_under_way() const {
  const auto under_way = [](const Progress& progress) { return progress.under_way; };
  return std::any_of(roles_.begin(), roles_.end(), under_way);
}

Step SetupMachine::step_of(Role role) const {
  if (stage_ == Stage::cleaning) return Step::close_wallet;
  return steps()[roles_[index_of(role)].step];
}

void SetupMachine::call(Role role, Step step, Phase phase, Repeat repeat) {
  const std::size_t r = index_of(role);
  roles_[r].under_way = true;
  Call call;
  call.site.escrow = facts_.record.id;
  call.site.role = role;
  call.site.instance = facts_.record.instances[r];
  call.site.wallet = facts_.record.wallets[r];
  call.site.phase = name_of(phase);
  call.request = request_for(step, role, facts_.record, policy_.waits.sort_infos);
  call.repeat = repeat;
  actions_.push_back(std::move(call));
}

}  // namespace escrowstorm::coordinator
