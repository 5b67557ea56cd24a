#include "coordinator/setup/setup_run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <variant>

#include "base/rethrow.hpp"
#include "coordinator/client/error_text.hpp"

namespace escrowstorm::coordinator {
namespace {

using WeakRun = std::weak_ptr<SetupRun>;
using Calling = Awaitable<CallResult<walletrpc::Answer>>;

// Each looks first whether the run still is: an executor may begin them later than they were
// spawned. Calls and commits are made before and begin when they are awaited: so what they carry is
// in one frame, theirs, and not in each of those that wait for it.

Awaitable<void> carry_acquire(WeakRun waiting, Gates& gates, SlotPool& slots, EscrowId escrow) {
  if (waiting.expired()) co_return;
  co_await gates.pass_stagger();
  if (waiting.expired()) co_return;
  const RoleSet roles = RoleSet::all();
  const Lease lease = co_await slots.acquire(escrow, roles);
  if (const auto run = waiting.lock()) run->leased(lease);
}

Awaitable<void> carry_commit(WeakRun waiting, Awaitable<std::optional<std::string>> committing) {
  if (waiting.expired()) co_return;
  std::optional<std::string> error = co_await std::move(committing);
  if (const auto run = waiting.lock()) run->committed(std::move(error));
}

// `client` makes the call and has to be there until it ends.
Awaitable<void> carry_call(WeakRun waiting, std::shared_ptr<WalletClient> client, Role role,
                           Calling calling) {
  if (waiting.expired()) co_return;
  CallResult<walletrpc::Answer> result = co_await std::move(calling);
  if (const auto run = waiting.lock()) run->answered(role, std::move(result));
}

// A call that creates a wallet, which others may have to wait for.
Awaitable<void> carry_creation(WeakRun waiting, std::shared_ptr<WalletClient> client, Role role,
                               Calling calling, Gates& gates) {
  if (waiting.expired()) co_return;
  co_await gates.enter_creation(role);
  CallResult<walletrpc::Answer> result = co_await std::move(calling);
  if (const auto run = waiting.lock()) run->created(role, std::move(result));
}

Awaitable<void> carry_wait(WeakRun waiting, Clock& clock, Wait wait) {
  if (waiting.expired()) co_return;
  const TimePoint over = clock.now() + wait.time;
  co_await clock.sleep_until(over);
  if (const auto run = waiting.lock()) run->waited(wait.role);
}

}  // namespace

SetupRun::SetupRun(Seams seams, SetupMachine machine, Owner owner)
    : seams_(std::move(seams)),
      machine_(std::move(machine)),
      escrow_(machine_.escrow()),
      owner_(std::move(owner)) {}

void SetupRun::start() {
  started_ = seams_.clock.now();
  tell(EventKind::escrow, "started", true, "", Duration::zero());
  if (machine_.is_published()) return handle(Resumed());
  spawn(carry_acquire(weak_from_this(), seams_.gates, seams_.slots, escrow_));
}

void SetupRun::leased(const Lease& lease) {
  lease_ = lease;
  leased_ = true;
  Leased event;
  event.instances = lease.instances;
  handle(event);
}

void SetupRun::committed(std::optional<std::string> error) {
  tell(EventKind::store, commit_phase_, !error, error ? one_line(*error) : "",
       seams_.clock.now() - commit_began_);
  Committed event;
  event.error = std::move(error);
  handle(std::move(event));
}

void SetupRun::answered(Role role, CallResult<walletrpc::Answer> result) {
  handle(Answered{role, std::move(result)});
}

void SetupRun::created(Role role, CallResult<walletrpc::Answer> result) {
  seams_.gates.leave_creation(role);
  answered(role, std::move(result));
}

void SetupRun::waited(Role role) {
  Waited event;
  event.role = role;
  handle(event);
}

void SetupRun::handle(SetupEvent event) {
  if (handling_) return inbox_.push_back(std::move(event));
  handling_ = true;
  act_on(event);
  for (; !inbox_.empty(); inbox_.pop_front()) act_on(inbox_.front());
  handling_ = false;
}

void SetupRun::act_on(SetupEvent& event) {
  for (SetupAction& action : machine_.on(std::move(event)))
    std::visit([this](auto& one) { carry_out(one); }, action);
}

void SetupRun::carry_out(Commit& action) {
  commit_phase_ = name_of(action.record->phase);
  commit_began_ = seams_.clock.now();
  spawn(carry_commit(weak_from_this(), seams_.store.commit(std::move(*action.record))));
}

void SetupRun::carry_out(Call& action) {
  const Role role = *action.site.role;
  const bool creates = holds_alternative<walletrpc::CreateWallet>(action.request);
  Calling calling =
      seams_.client->call(std::move(action.site), std::move(action.request), action.repeat);
  if (creates)
    spawn(carry_creation(weak_from_this(), seams_.client, role, std::move(calling), seams_.gates));
  else
    spawn(carry_call(weak_from_this(), seams_.client, role, std::move(calling)));
}

void SetupRun::carry_out(Wait& action) {
  spawn(carry_wait(weak_from_this(), seams_.clock, action));
}

void SetupRun::carry_out(Copy& action) {
  WalletFolder& folder = *seams_.folder;
  Copied event{action.role, folder.digest(action.from)};
  if (event.digest && !action.expected.empty() && event.digest->hex != action.expected)
    event.digest =
        FolderError{"the copy " + action.from + " is not what was written, or not whole"};
  if (event.digest) event.digest = folder.copy(action.from, action.to, CopiedFiles::keys_and_cache);
  handle(std::move(event));
}

void SetupRun::carry_out(Discard& action) { seams_.folder->remove(action.wallet); }

void SetupRun::carry_out(WentBack& action) {
  tell(EventKind::escrow, "went_back", true, "to " + std::string(name_of(action.round)),
       seams_.clock.now() - started_);
}

// Suspended first: nobody gets an instance that is to be drained.
void SetupRun::carry_out(Release& action) {
  for (const Role role : action.drain) seams_.drain.begin(lease_.instances[index_of(role)]);
  seams_.slots.release(lease_);
  leased_ = false;
}

void SetupRun::carry_out(Published& action) {
  tell(EventKind::escrow, name_of(Phase::publish), true, shortened(action.address),
       seams_.clock.now() - started_);
}

void SetupRun::carry_out(ClosingFailed& action) {
  tell(EventKind::escrow, name_of(Phase::close), false, std::move(action.reason),
       seams_.clock.now() - started_);
}

void SetupRun::carry_out(StartOver& action) {
  tell(EventKind::escrow, "started_over", false, std::move(action.reason),
       seams_.clock.now() - started_);
  owner_.start_over(machine_.attempt(), std::move(action.back_to));
}

void SetupRun::carry_out(Finish& action) {
  const SetupOutcome& outcome = action.outcome;
  const Phase end = outcome.ready ? Phase::ready : Phase::failed;
  tell(EventKind::escrow, name_of(end), outcome.ready,
       outcome.ready ? shortened(outcome.address) : outcome.failure, seams_.clock.now() - started_);
  owner_.end(outcome, machine_.record(), leased_ ? &lease_ : nullptr);
}

void SetupRun::spawn(Awaitable<void> carrier) {
  boost::asio::co_spawn(seams_.executors.for_escrow(escrow_), std::move(carrier), rethrow);
}

void SetupRun::tell(EventKind kind, std::string_view phase, bool ok, std::string message,
                    Duration duration) {
  Event event;
  event.at = seams_.clock.now();
  event.kind = kind;
  event.phase = phase;
  event.escrow = escrow_;
  event.ok = ok;
  event.message = std::move(message);
  event.duration = duration;
  seams_.observer.on(event);
}

}  // namespace escrowstorm::coordinator
