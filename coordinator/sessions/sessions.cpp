#include "coordinator/sessions/sessions.hpp"

#include <utility>
#include <variant>
#include <vector>

#include "base/walletrpc/error_code.hpp"
#include "coordinator/client/error_text.hpp"
#include "coordinator/client/retry_rule.hpp"
#include "coordinator/setup/wallet_name.hpp"

namespace escrowstorm::coordinator {
namespace {

constexpr int opens_max = 6;  // on one instance after the other
constexpr Duration first_pause = std::chrono::milliseconds(500);

constexpr std::string_view open_phase = "open";
constexpr std::string_view close_phase = "close";

RoleSet missing_of(RoleSet wanted, RoleSet there) {
  for (const Role role : there) wanted.remove(role);
  return wanted;
}

Awaitable<Lease> acquire_from(SlotPool& slots, EscrowId escrow, RoleSet roles) {
  Lease lease = co_await slots.acquire(escrow, roles);
  co_return lease;
}

}  // namespace

CallSite OpenWallets::site(Role role, std::string_view phase) const {
  CallSite site;
  site.escrow = escrow;
  site.role = role;
  site.instance = instances[index_of(role)];
  site.wallet = wallets[index_of(role)];
  site.phase = phase;
  return site;
}

struct Sessions::Session {
  OpenWallets wallets;        // its roles: those that are open
  std::vector<Lease> leases;  // of their instances
  bool busy = false;          // somebody works in it, or opens or ends it
  int inside = 0;  // who waits for it, works in it or ends it: where it is raced for, several
  std::deque<Carrier::Ticket> queue;
  TimePoint used{};
};

Sessions::Sessions(std::shared_ptr<Carrier> carrier, SlotPool& slots,
                   std::function<void(InstanceId)> drain, SessionOptions options,
                   bool verify_wallet)
    : carrier_(std::move(carrier)),
      slots_(slots),
      drain_(std::move(drain)),
      options_(options),
      verify_wallet_(verify_wallet) {
  slots_.on_shortage = [this] { make_room(); };
}

Sessions::~Sessions() { slots_.on_shortage = nullptr; }

Sessions::Session& Sessions::session_of(const EscrowRecord& record) {
  std::unique_ptr<Session>& session = sessions_[record.id];
  if (!session) session = std::make_unique<Session>();
  session->wallets.escrow = record.id;
  session->wallets.wallets = record.wallets;
  return *session;
}

Awaitable<Sessions::Entered> Sessions::enter(EscrowRecord record, RoleSet roles) {
  Session& session = session_of(record);
  ++session.inside;
  ++users_;
  const bool races = options_.policy == SessionPolicy::last_wins;
  if (session.busy && !races) {
    const Carrier::Ticket turn = carrier_->expect();
    session.queue.push_back(turn);
    co_await carrier_->until(turn);
  }
  session.busy = true;
  idle_.erase({session.used, record.id});
  if (!races) co_await look_again(session, record);
  const RoleSet missing = missing_of(roles, session.wallets.roles);
  if (missing.empty()) co_return session.wallets;

  const TimePoint began = carrier_->clock().now();
  Awaitable<Failure> opening =
      races ? open_racing(session, record, roles) : open(session, record, roles);
  Failure failure = co_await std::move(opening);
  tell(record.id, "session", failure, began);
  if (!failure) co_return session.wallets;
  --session.inside;
  --users_;
  if (!races) hand_on(session);
  tell_who_rests(record.id);
  co_return std::move(*failure);
}

// An instance may have been restarted while nobody looked, or somebody else may be on it.
Awaitable<void> Sessions::look_again(Session& session, const EscrowRecord& record) {
  if (!verify_wallet_ || session.wallets.roles.empty()) co_return;
  const RoleSet roles = session.wallets.roles;
  const Failure failure = co_await check_labels(session, record, roles);
  if (failure) co_await close(session);
}

// Until it succeeds, on other instances each time that it does not.
Awaitable<Sessions::Failure> Sessions::open(Session& session, const EscrowRecord& record,
                                            RoleSet roles) {
  Failure failure;
  Duration pause = first_pause;
  for (int tries = 1; tries <= opens_max; ++tries, pause *= 2) {
    const RoleSet missing = missing_of(roles, session.wallets.roles);
    std::optional<Lease> lease = slots_.try_acquire(record.id, missing);
    if (!lease) {
      // Whoever holds a part and waits for the rest may wait for ever.
      co_await close(session);
      Awaitable<Lease> waiting = acquire_from(slots_, record.id, roles);
      lease = co_await carrier_->carry(record.id, std::move(waiting));
    }
    for (const Role role : lease->roles)
      session.wallets.instances[index_of(role)] = lease->instances[index_of(role)];
    session.leases.push_back(*lease);
    failure = co_await open_missing(session, record, lease->roles);
    if (!failure) co_return failure;
    co_await close(session);
    if (tries < opens_max) co_await carrier_->sleep(record.id, pause);
  }
  co_return failure;
}

Awaitable<Sessions::Failure> Sessions::open_missing(Session& session, const EscrowRecord& record,
                                                    RoleSet roles) {
  std::vector<std::pair<Role, Carrier::Ticket>> calls;
  for (const Role role : roles) {
    walletrpc::OpenWallet request;
    request.filename = record.wallets[index_of(role)];
    request.password = record.passwords[index_of(role)];
    request.autosave_current = true;
    const CallSite site = session.wallets.site(role, open_phase);
    calls.emplace_back(role, carrier_->begin(site, std::move(request), Repeat::never));
  }
  Failure failure;
  for (const auto& [role, ticket] : calls) {
    const CallResult<walletrpc::Answer> opened = co_await carrier_->result(ticket);
    if (opened)
      session.wallets.roles.add(role);
    else
      failure = failed(session, role, walletrpc::OpenWallet::method, opened.error());
  }
  if (!failure && verify_wallet_) failure = co_await check_labels(session, record, roles);
  co_return failure;
}

// Is it really our wallet that is open?
Awaitable<Sessions::Failure> Sessions::check_labels(Session& session, const EscrowRecord& record,
                                                    RoleSet roles) {
  for (const Role role : roles) {
    walletrpc::GetAttribute get;
    get.key = std::string(wallet_label_key);
    walletrpc::Request request = std::move(get);
    CallSite site = session.wallets.site(role, open_phase);
    CallResult<walletrpc::Answer> answer =
        co_await carrier_->call(std::move(site), std::move(request));
    const auto label = answer_to<walletrpc::GetAttribute>(std::move(answer));
    if (!label && label.error().code == walletrpc::error_code::attribute_not_found) {
      Failure failure = co_await check_address(session, record, role);
      if (failure) co_return failure;
      continue;
    }
    if (!label) {
      const bool none_open = label.error().code == walletrpc::error_code::no_wallet_file;
      if (none_open) session.wallets.roles.remove(role);  // or else it is closed
      co_return failed(session, role, walletrpc::GetAttribute::method, label.error());
    }
    if (label->value != record.wallets[index_of(role)]) {
      session.wallets.roles.remove(role);  // it is not ours to close
      co_return std::string(name_of(role)) + ": expected wallet " + record.wallets[index_of(role)] +
          ", met " + one_line(label->value);
    }
  }
  co_return Failure();
}

// A copy of the keys alone has no label any more.
Awaitable<Sessions::Failure> Sessions::check_address(Session& session, const EscrowRecord& record,
                                                     Role role) {
  walletrpc::Request request = walletrpc::GetAddress();
  CallSite site = session.wallets.site(role, open_phase);
  CallResult<walletrpc::Answer> answer =
      co_await carrier_->call(std::move(site), std::move(request));
  const auto shown = answer_to<walletrpc::GetAddress>(std::move(answer));
  if (!shown) co_return failed(session, role, walletrpc::GetAddress::method, shown.error());
  if (shown->address == record.address) co_return Failure();
  session.wallets.roles.remove(role);
  co_return std::string(name_of(role)) + ": met a wallet without a label, of address " +
      shortened(shown->address);
}

// Closes what is open and gives the instances back.
Awaitable<void> Sessions::close(Session& session) {
  std::vector<std::pair<Role, Carrier::Ticket>> calls;
  for (const Role role : session.wallets.roles) {
    const CallSite site = session.wallets.site(role, close_phase);
    calls.emplace_back(role, carrier_->begin(site, walletrpc::CloseWallet(), Repeat::never));
  }
  for (const auto& [role, ticket] : calls) {
    const CallResult<walletrpc::Answer> closed = co_await carrier_->result(ticket);
    if (!is_closed(closed)) drain_(session.wallets.instances[index_of(role)]);
  }
  session.wallets.roles = {};
  for (const Lease& lease : std::exchange(session.leases, {})) slots_.release(lease);
}

// What an escrow had open already is forgotten, and what fails is left as it is.
Awaitable<Sessions::Failure> Sessions::open_racing(Session& session, const EscrowRecord& record,
                                                   RoleSet roles) {
  Session mine;
  mine.wallets = session.wallets;
  mine.wallets.roles = {};
  Awaitable<Lease> waiting = acquire_from(slots_, record.id, roles);
  const Lease lease = co_await carrier_->carry(record.id, std::move(waiting));
  mine.wallets.instances = lease.instances;
  mine.leases.push_back(lease);
  Failure failure = co_await open_missing(mine, record, roles);
  if (!failure) {
    session.wallets = mine.wallets;
    session.leases = mine.leases;
  }
  co_return failure;
}

// In words; an instance that did not answer is drained, and its wallet no longer counted on.
Sessions::Failure Sessions::failed(Session& session, Role role, std::string_view method,
                                   const CallError& error) {
  const InstanceId instance = session.wallets.instances[index_of(role)];
  if (error.kind != CallError::Kind::rpc_error) {
    session.wallets.roles.remove(role);
    drain_(instance);
  }
  std::string text(name_of(role));
  text += ": ";
  text += method;
  return text + " on instance " + std::to_string(instance) + ": " + describe(error);
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
  co_await self->close(session);
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

void Sessions::adopt(const EscrowRecord& record, const Lease& lease) {
  Session& session = session_of(record);
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
