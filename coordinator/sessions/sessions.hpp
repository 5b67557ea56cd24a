// Wallets of escrows that are open for whoever needs them: an escrow has one session, and one at a
// time works in it, first come first served. So what must not be mixed (a sync in the middle of a
// spend) is not, and any number of requests open its wallets once. Escrows do not wait for each
// other but for instances.
//
// An idle session ends when its time is up, when others wait for instances, and when there are more
// than may be: the one that was used longest ago goes first. One in use is never taken away.
//
// Lives on the world's executor; references outlive it. Tells events of kind escrow: "session" when
// wallets were opened (duration: what it took; not ok: they could not be) and "session_end".
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "coordinator/life/carrier.hpp"
#include "coordinator/sessions/session_policy.hpp"
#include "coordinator/sessions/wallet_opener.hpp"

namespace escrowstorm::coordinator {

class Sessions {
 public:
  Sessions(std::shared_ptr<Carrier> carrier, WalletOpener::Seams seams, SessionOptions options,
           bool verify_wallet);
  ~Sessions();
  Sessions(const Sessions&) = delete;
  Sessions& operator=(const Sessions&) = delete;

  using Entered = std::variant<OpenWallets, std::string>;  // or why not, in one clause

  // Suspends until the escrow's wallets of at least these roles are open and nobody else works in
  // the session. Each success is followed by one leave() or give_up(). REQUIRES: it lives.
  Awaitable<Entered> enter(EscrowId escrow, RoleSet roles);

  void leave(EscrowId escrow);
  // The same, when something went wrong: all is closed, and the instance of `failed`, which did not
  // answer, is drained first.
  void give_up(EscrowId escrow, std::optional<Role> failed);

  // The roles whose wallets are open for the escrow, whoever uses them.
  RoleSet open_roles(EscrowId escrow) const;

  // Takes over wallets that are open on instances that are leased; nobody works in them. REQUIRES:
  // the escrow lives, and has no session.
  void adopt(EscrowId escrow, const Lease& lease);

  // Ends all, those in use once they are left, and returns when none is open.
  Awaitable<void> end_idle();

 private:
  struct Session;
  using Failure = std::optional<std::string>;

  Session& session_of(EscrowId escrow);
  void hand_on(Session& session);
  void begin_ending(Session& session);
  static Awaitable<void> end(std::weak_ptr<Carrier> alive, Sessions* self, EscrowId escrow);
  void make_room();
  bool is_quiet() const;
  void tell_who_rests(EscrowId escrow);
  static Awaitable<void> watch_time(std::weak_ptr<Carrier> alive, Sessions* self);
  void tell(EscrowId escrow, std::string_view phase, Failure failure, TimePoint since);

  const std::shared_ptr<Carrier> carrier_;
  SlotPool& slots_;
  LivingEscrows& escrows_;
  const std::function<void(InstanceId)> drain_;
  WalletOpener opener_;
  const SessionOptions options_;
  std::map<EscrowId, std::unique_ptr<Session>> sessions_;
  std::set<std::pair<TimePoint, EscrowId>> idle_;  // by when they were used last
  std::size_t ending_ = 0;
  std::size_t users_ = 0;  // between enter() and leave() or give_up()
  bool watching_time_ = false;
  std::deque<Carrier::Ticket> waiting_for_end_;
};

}  // namespace escrowstorm::coordinator
