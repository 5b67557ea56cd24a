#include "coordinator/sessions/wallet_opener.hpp"

#include <utility>

#include "base/walletrpc/error_code.hpp"
#include "coordinator/client/error_text.hpp"
#include "coordinator/client/retry_rule.hpp"
#include "coordinator/setup/wallet_name.hpp"

namespace escrowstorm::coordinator {
namespace {

using Failure = WalletOpener::Failure;

constexpr int opens_max = 7;            // on one instance after the other
constexpr int opens_before_moving = 3;  // by then an instance that was only slow has closed it
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

void take(HeldWallets& held, const Lease& lease) {
  for (const Role role : lease.roles)
    held.wallets.instances[index_of(role)] = lease.instances[index_of(role)];
  held.leases.push_back(lease);
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

WalletOpener::WalletOpener(std::shared_ptr<Carrier> carrier, Seams seams, bool verify_wallet)
    : carrier_(std::move(carrier)), seams_(std::move(seams)), verify_wallet_(verify_wallet) {}

Awaitable<void> WalletOpener::look_again(HeldWallets& held) {
  if (!verify_wallet_ || held.wallets.roles.empty()) co_return;
  const RoleSet roles = held.wallets.roles;
  const Failure failure = co_await check_labels(held, roles);
  if (failure) co_await close(held);
}

Awaitable<Failure> WalletOpener::open(HeldWallets& held, RoleSet roles) {
  const EscrowId escrow = held.wallets.escrow;
  const WalletNames before = seams_.escrows.at(escrow).wallets;
  Failure failure;
  Duration pause = first_pause;
  for (int tries = 1; tries <= opens_max; ++tries, pause *= 2) {
    const RoleSet missing = missing_of(roles, held.wallets.roles);
    std::optional<Lease> lease = seams_.slots.try_acquire(escrow, missing);
    if (!lease) {
      // Whoever holds a part and waits for the rest may wait for ever.
      co_await close(held);
      Awaitable<Lease> waiting = acquire_from(seams_.slots, escrow, roles);
      lease = co_await carrier_->carry(escrow, std::move(waiting));
    }
    take(held, *lease);
    RoleSet cannot_open;
    failure = co_await open_missing(held, lease->roles, cannot_open);
    if (!failure) co_return failure;
    co_await close(held);
    if (tries == opens_max) break;
    if (tries >= opens_before_moving && seams_.folder && !cannot_open.empty()) {
      const Failure unmoved = co_await move(held, cannot_open, before);
      if (unmoved) failure = unmoved;
    }
    co_await carrier_->sleep(escrow, pause);
  }
  co_return failure;
}

Awaitable<Failure> WalletOpener::open_missing(HeldWallets& held, RoleSet roles,
                                              RoleSet& cannot_open) {
  const auto passwords = seams_.escrows.at(held.wallets.escrow).passwords;
  std::vector<std::pair<Role, Carrier::Ticket>> calls;
  for (const Role role : roles) {
    walletrpc::OpenWallet request;
    request.filename = held.wallets.wallets[index_of(role)];
    request.password = passwords[index_of(role)];
    request.autosave_current = true;
    const CallSite site = held.wallets.site(role, open_phase);
    calls.emplace_back(role, carrier_->begin(site, std::move(request), Repeat::never));
  }
  Failure failure;
  for (const auto& [role, ticket] : calls) {
    const CallResult<walletrpc::Answer> opened = co_await carrier_->result(ticket);
    if (opened) {
      held.wallets.roles.add(role);
      continue;
    }
    failure = failed(held, role, walletrpc::OpenWallet::method, opened.error());
    if (opened.error().code == walletrpc::error_code::unknown_error) cannot_open.add(role);
  }
  if (!failure && verify_wallet_) failure = co_await check_labels(held, roles);
  co_return failure;
}

// Is it really our wallet that is open?
Awaitable<Failure> WalletOpener::check_labels(HeldWallets& held, RoleSet roles) {
  for (const Role role : roles) {
    walletrpc::GetAttribute get;
    get.key = std::string(wallet_label_key);
    walletrpc::Request request = std::move(get);
    CallSite site = held.wallets.site(role, open_phase);
    CallResult<walletrpc::Answer> answer =
        co_await carrier_->call(std::move(site), std::move(request));
    const auto label = answer_to<walletrpc::GetAttribute>(std::move(answer));
    if (!label && label.error().code == walletrpc::error_code::attribute_not_found) {
      Failure failure = co_await check_address(held, role);
      if (failure) co_return failure;
      continue;
    }
    if (!label) {
      const bool none_open = label.error().code == walletrpc::error_code::no_wallet_file;
      if (none_open) held.wallets.roles.remove(role);  // or else it is closed
      co_return failed(held, role, walletrpc::GetAttribute::method, label.error());
    }
    const std::string_view expected = wallet_of_file(held.wallets.wallets[index_of(role)]);
    if (label->value != expected) {
      held.wallets.roles.remove(role);  // it is not ours to close
      co_return std::string(name_of(role)) + ": expected wallet " + std::string(expected) +
          ", met " + one_line(label->value);
    }
  }
  co_return Failure();
}

// A copy of the keys alone has no label any more.
Awaitable<Failure> WalletOpener::check_address(HeldWallets& held, Role role) {
  walletrpc::Request request = walletrpc::GetAddress();
  CallSite site = held.wallets.site(role, open_phase);
  CallResult<walletrpc::Answer> answer =
      co_await carrier_->call(std::move(site), std::move(request));
  const auto shown = answer_to<walletrpc::GetAddress>(std::move(answer));
  if (!shown) co_return failed(held, role, walletrpc::GetAddress::method, shown.error());
  if (shown->address == seams_.escrows.at(held.wallets.escrow).address) co_return Failure();
  held.wallets.roles.remove(role);
  co_return std::string(name_of(role)) + ": met a wallet without a label, of address " +
      shortened(shown->address);
}

// The first copy is of both files, a further one, when that could not be opened either, of the keys
// alone. What is copied is what was there before all this: a copy may be what is wrong.
Awaitable<Failure> WalletOpener::move(HeldWallets& held, RoleSet roles, const WalletNames& before) {
  EscrowRecord& record = seams_.escrows.at(held.wallets.escrow);
  const WalletNames names = record.wallets;
  Failure failure;
  for (const Role role : roles) {
    const std::size_t r = index_of(role);
    const bool is_first = names[r] == before[r];
    const std::string to = next_copy_name(names[r]);
    const auto copied = seams_.folder->copy(
        before[r], to, is_first ? CopiedFiles::keys_and_cache : CopiedFiles::keys);
    if (copied)
      record.wallets[r] = to;
    else
      failure = std::string(name_of(role)) + ": " + copied.error().message;
  }
  if (record.wallets == names) co_return failure;
  std::optional<std::string> error = co_await carrier_->commit(record);
  if (error) {
    record.wallets = names;
    failure = "commit of a moved wallet: " + one_line(*error);
  }
  held.wallets.wallets = record.wallets;
  for (const Role role : roles)
    tell_moved(record.id, role, record.wallets[index_of(role)], failure);
  co_return failure;
}

void WalletOpener::tell_moved(EscrowId escrow, Role role, const std::string& to,
                              const Failure& failure) {
  Event event;
  event.at = carrier_->clock().now();
  event.kind = EventKind::escrow;
  event.phase = "moved";
  event.escrow = escrow;
  event.role = role;
  event.wallet = to;
  event.ok = !failure;
  if (failure) event.message = *failure;
  carrier_->observer().on(event);
}

Awaitable<void> WalletOpener::close(HeldWallets& held) {
  std::vector<std::pair<Role, Carrier::Ticket>> calls;
  for (const Role role : held.wallets.roles) {
    const CallSite site = held.wallets.site(role, close_phase);
    calls.emplace_back(role, carrier_->begin(site, walletrpc::CloseWallet(), Repeat::never));
  }
  for (const auto& [role, ticket] : calls) {
    const CallResult<walletrpc::Answer> closed = co_await carrier_->result(ticket);
    if (!is_closed(closed)) seams_.drain(held.wallets.instances[index_of(role)]);
  }
  held.wallets.roles = {};
  for (const Lease& lease : std::exchange(held.leases, {})) seams_.slots.release(lease);
}

Awaitable<Failure> WalletOpener::open_racing(HeldWallets& held, RoleSet roles) {
  HeldWallets mine;
  mine.wallets = held.wallets;
  mine.wallets.roles = {};
  const EscrowId escrow = mine.wallets.escrow;
  Awaitable<Lease> waiting = acquire_from(seams_.slots, escrow, roles);
  const Lease lease = co_await carrier_->carry(escrow, std::move(waiting));
  take(mine, lease);
  RoleSet cannot_open;
  Failure failure = co_await open_missing(mine, roles, cannot_open);
  if (!failure) held = std::move(mine);
  co_return failure;
}

// In words; an instance that did not answer is drained, and its wallet no longer counted on.
Failure WalletOpener::failed(HeldWallets& held, Role role, std::string_view method,
                             const CallError& error) {
  const InstanceId instance = held.wallets.instances[index_of(role)];
  if (error.kind != CallError::Kind::rpc_error) {
    held.wallets.roles.remove(role);
    seams_.drain(instance);
  }
  std::string text(name_of(role));
  text += ": ";
  text += method;
  return text + " on instance " + std::to_string(instance) + ": " + describe(error);
}

}  // namespace escrowstorm::coordinator
