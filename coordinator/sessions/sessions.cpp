#include "coordinator/sessions/sessions.hpp"

#include <utility>
#include <variant>

namespace escrowstorm::coordinator {
namespace {

bool has_all(RoleSet there, RoleSet wanted) {
  for (const Role role : there) wanted.remove(role);
  return wanted.empty();
}

}  // namespace

struct Sessions::Session : HeldWallets {
  bool busy = false;  // somebody works in it, or opens or ends it
  int inside = 0;     // who waits for it, works in it or ends it: where it is raced for, several
  std::deque<Carrier::Ticket> queue;
  TimePoint used{};
};

Sessions::Sessions(std::shared_ptr<Carrier> carrier, WalletOpener::Seams seams,
                   SessionOptions options, bool verify_wallet)
    : carrier_(std::move(carrier)),
      slots_(seams.slots),
      escrows_(seams.escrows),
      drain_(seams.drain),
      opener_(carrier_, std::move(seams), verify_wallet),
      options_(options) {
  slots_.on_shortage = [this] { make_room(); };
}

Sessions::~Sessions() { slots_.on_shortage = nullptr; }

Sessions::Session& Sessions::session_of(EscrowId escrow) {
  std::unique_ptr<Session>& session = sessions_[escrow];
  if (!session) session = std::make_unique<Session>();
  session->wallets.escrow = escrow;
  session->wallets.wallets = escrows_.at(escrow).wallets;
  return *session;
}

Awaitable<Sessions::Entered> Sessions::enter(EscrowId escrow, RoleSet roles) {
  Session& session = session_of(escrow);
  ++session.inside;
  ++users_;
  const bool races = options_.policy == SessionPolicy::last_wins;
  if (session.busy && !races) {
    const Carrier::Ticket turn = carrier_->expect();
    session.queue.push_back(turn);
    co_await carrier_->until(turn);
  }
  session.busy = true;
  idle_.erase({session.used, escrow});
  if (!races) co_await opener_.look_again(session);
  if (has_all(session.wallets.roles, roles)) co_return session.wallets;

  const TimePoint began = carrier_->clock().now();
  Awaitable<Failure> opening =
      races ? opener_.open_racing(session, roles) : opener_.open(session, roles);
  Failure failure = co_await std::move(opening);
  tell(escrow, "session", failure, began);
  if (!failure) co_return session.wallets;
  --session.inside;
  --users_;
  if (!races) hand_on(session);
  tell_who_rests(escrow);
  co_return std::move(*failure);
}

void Sessions::leave(EscrowId escrow) {
  Session& session = *sessions_.at(escrow);
  --session.inside;
  --users_;
  hand_on(session);
  tell_who_rests(escrow);
}

void Sessions::give_up(EscrowId escrow, std::optional<Role> failed) {
  Session& session = *sessions_.at(escrow);
  if (failed) {
    session.wallets.roles.remove(*failed);
    drain_(session.wallets.instances[index_of(*failed)]);
  }
  --session.inside;
  --users_;
  begin_ending(session);
}

// To who waits for it; or else it is idle, or was it.
void Sessions::hand_on(Session& session) {
  const EscrowId escrow = session.wallets.escrow;
  if (!session.queue.empty()) {
    const Carrier::Ticket next = session.queue.front();
    session.queue.pop_front();
    carrier_->happened(escrow, next);
    return;
  }
  session.busy = false;
  idle_.erase({session.used, escrow});
  if (session.leases.empty()) {
    if (session.inside == 0) sessions_.erase(escrow);
    return;
  }
  session.used = carrier_->clock().now();
  idle_.emplace(session.used, escrow);
  if (options_.policy == SessionPolicy::open_per_step) return begin_ending(session);
  make_room();
  if (watching_time_ || idle_.empty()) return;
  watching_time_ = true;
  carrier_->spawn(escrow, watch_time(carrier_, this));
}

void Sessions::begin_ending(Session& session) {
  const EscrowId escrow = session.wallets.escrow;
  idle_.erase({session.used, escrow});
  session.busy = true;
  ++session.inside;
  ++ending_;
  carrier_->spawn(escrow, end(carrier_, this, escrow));
}

Awaitable<void> Sessions::end(std::weak_ptr<Carrier> alive, Sessions* self, EscrowId escrow) {
  if (alive.expired()) co_return;
  Session& session = *self->sessions_.at(escrow);
  const TimePoint began = self->carrier_->clock().now();
  co_await self->opener_.close(session);
  self->tell(escrow, "session_end", Failure(), began);
  --self->ending_;
  --session.inside;
  self->hand_on(session);
  self->make_room();
  self->tell_who_rests(escrow);
}

// For who waits for instances, and so that there are not more than may be.
void Sessions::make_room() {
  const auto too_many = [this] {
    return options_.sessions_max > 0 && sessions_.size() > options_.sessions_max + ending_;
  };
  if (idle_.empty() || (slots_.waiting() == 0 && !too_many())) return;
  begin_ending(*sessions_.at(idle_.begin()->second));
}

Awaitable<void> Sessions::watch_time(std::weak_ptr<Carrier> alive, Sessions* self) {
  if (alive.expired()) co_return;
  while (!self->idle_.empty()) {
    const auto [used, escrow] = *self->idle_.begin();
    const Duration left = used + self->options_.time_to_live - self->carrier_->clock().now();
    if (left > Duration::zero())
      co_await self->carrier_->sleep(escrow, left);
    else
      self->begin_ending(*self->sessions_.at(escrow));
  }
  self->watching_time_ = false;
}

RoleSet Sessions::open_roles(EscrowId escrow) const {
  const auto session = sessions_.find(escrow);
  return session == sessions_.end() ? RoleSet() : session->second->wallets.roles;
}

void Sessions::adopt(EscrowId escrow, const Lease& lease) {
  Session& session = session_of(escrow);
  session.wallets.roles = lease.roles;
  session.wallets.instances = lease.instances;
  session.leases.push_back(lease);
  hand_on(session);
}

Awaitable<void> Sessions::end_idle() {
  for (;;) {
    while (!idle_.empty()) begin_ending(*sessions_.at(idle_.begin()->second));
    if (is_quiet()) co_return;
    const Carrier::Ticket quiet = carrier_->expect();
    waiting_for_end_.push_back(quiet);
    co_await carrier_->until(quiet);
  }
}

// Who races may wait for ever for instances that were never given back.
bool Sessions::is_quiet() const {
  return ending_ == 0 && (users_ == 0 || options_.policy == SessionPolicy::last_wins);
}

void Sessions::tell_who_rests(EscrowId escrow) {
  if (!is_quiet()) return;
  for (const Carrier::Ticket ticket : std::exchange(waiting_for_end_, {}))
    carrier_->happened(escrow, ticket);
}

void Sessions::tell(EscrowId escrow, std::string_view phase, Failure failure, TimePoint since) {
  Event event;
  event.at = carrier_->clock().now();
  event.kind = EventKind::escrow;
  event.phase = phase;
  event.escrow = escrow;
  event.ok = !failure;
  if (failure) event.message = std::move(*failure);
  event.duration = event.at - since;
  carrier_->observer().on(event);
}

}  // namespace escrowstorm::coordinator
