#include "coordinator/watch/watch.hpp"

#include <utility>
#include <variant>

#include "coordinator/client/error_text.hpp"

namespace escrowstorm::coordinator {
namespace {

constexpr std::string_view balance_phase = "balance";
constexpr std::string_view joined_phase = "balance_joined";
constexpr int looks_max = 4;
constexpr Duration first_pause = std::chrono::milliseconds(500);

using walletrpc::GetBalance;

}  // namespace

Watch::Watch(std::shared_ptr<Carrier> carrier, Sessions& sessions, LivingEscrows& escrows,
             WatchOptions options)
    : carrier_(std::move(carrier)), sessions_(sessions), escrows_(escrows), options_(options) {}

Awaitable<BalanceOutcome> Watch::balance(EscrowId escrow) {
  const auto cached = cache_.find(escrow);
  const bool fresh =
      cached != cache_.end() && carrier_->clock().now() < cached->second.seen + options_.cache;
  if (fresh) co_return BalanceOutcome{true, cached->second, ""};

  std::shared_ptr<Look>& under_way = looks_[escrow];
  if (under_way) {
    const std::shared_ptr<Look> joined = under_way;
    const Carrier::Ticket over = carrier_->expect();
    joined->waiting.push_back(over);
    tell_joined(escrow);
    co_await carrier_->until(over);
    co_return joined->outcome;
  }
  const std::shared_ptr<Look> mine = std::make_shared<Look>();
  under_way = mine;
  mine->outcome = co_await look(escrow);
  if (mine->outcome.seen) cache_.insert_or_assign(escrow, mine->outcome.balance);
  looks_.erase(escrow);
  for (const Carrier::Ticket waiting : mine->waiting) carrier_->happened(escrow, waiting);
  co_return mine->outcome;
}

void Watch::tell_joined(EscrowId escrow) {
  Event event;
  event.at = carrier_->clock().now();
  event.kind = EventKind::escrow;
  event.phase = joined_phase;
  event.escrow = escrow;
  carrier_->observer().on(event);
}

// Anew while it fails, for everything in it may be done again.
Awaitable<BalanceOutcome> Watch::look(EscrowId escrow) {
  EscrowRecord& record = escrows_.at(escrow);
  BalanceOutcome outcome;
  Event event;
  event.kind = EventKind::escrow;
  event.phase = balance_phase;
  event.escrow = escrow;
  const TimePoint began = carrier_->clock().now();
  Duration pause = first_pause;
  for (int looks = 1;; ++looks, pause *= 2) {
    Sessions::Entered entered = co_await sessions_.enter(escrow, roles_for(escrow));
    std::optional<WorkFailure> failure;
    if (const auto* wallets = std::get_if<OpenWallets>(&entered)) {
      failure = co_await look_in(*wallets, record, outcome.balance);
      if (failure && (failure->unanswered || failure->lost))
        sessions_.give_up(escrow, failure->unanswered);
      else
        sessions_.leave(escrow);
    } else {
      failure.emplace();
      failure->what = std::get<std::string>(std::move(entered));
    }
    outcome.seen = !failure;
    outcome.failure = failure ? std::move(failure->what) : "";
    if (outcome.seen || looks == looks_max) break;
    co_await carrier_->sleep(escrow, pause);
  }
  event.at = carrier_->clock().now();
  event.ok = outcome.seen;
  event.message = outcome.failure;
  event.duration = event.at - began;
  carrier_->observer().on(event);
  co_return outcome;
}

// A wallet that is open anyway, or else any: not always the same role's, since instances may be set
// apart for roles.
RoleSet Watch::roles_for(EscrowId escrow) const {
  if (options_.policy == BalancePolicy::lazy_sync) return RoleSet::all();
  const RoleSet open = sessions_.open_roles(escrow);
  return RoleSet::only(open.empty() ? all_roles[escrow % role_count] : *open.begin());
}

Awaitable<std::optional<WorkFailure>> Watch::look_in(OpenWallets wallets, EscrowRecord& record,
                                                     Balance& balance) {
  WalletWork work(*carrier_, wallets, balance_phase);
  const bool lazy = options_.policy == BalancePolicy::lazy_sync;
  const RoleSet roles = lazy ? RoleSet::all() : RoleSet::only(*wallets.roles.begin());
  std::optional<WorkFailure> failure = co_await work.refresh(roles);
  if (failure) co_return failure;
  if (lazy) {
    failure = co_await work.sync_all();
    if (failure) co_return failure;
  }
  GetBalance request;
  const WorkResult<GetBalance::Answer> held = co_await work.ask(*roles.begin(), std::move(request));
  if (!held) co_return held.error();
  balance.total = held->balance;
  balance.unlocked = held->unlocked_balance;
  balance.seen = carrier_->clock().now();

  const Amount price = record.terms.price;
  if (record.phase != Phase::ready || price == Amount() || balance.unlocked < price)
    co_return failure;
  record.phase = Phase::funded;
  const std::optional<std::string> error = co_await carrier_->commit(record);
  if (error) record.phase = Phase::ready;  // it will be found again
  co_return failure;
}

void Watch::begin_background(EscrowId escrow) {
  if (options_.background == Duration::zero()) return;
  if (escrows_.at(escrow).phase != Phase::ready || escrows_.at(escrow).terms.price == Amount())
    return;
  carrier_->spawn(escrow, keep_looking(carrier_, this, escrow));
}

Awaitable<void> Watch::keep_looking(std::weak_ptr<Carrier> alive, Watch* self, EscrowId escrow) {
  if (alive.expired()) co_return;
  while (self->escrows_.at(escrow).phase == Phase::ready) {
    co_await self->carrier_->sleep(escrow, self->options_.background);
    if (self->escrows_.at(escrow).phase == Phase::ready) co_await self->balance(escrow);
  }
}

}  // namespace escrowstorm::coordinator
