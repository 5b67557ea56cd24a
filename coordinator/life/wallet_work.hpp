// Work in the open wallets of one escrow: calls whose failures are told in words, and the syncs
// that are made of them. Lives in the frame of whoever entered the session, who outlives it.
#pragma once

#include <boost/system/result.hpp>
#include <optional>
#include <string>

#include "coordinator/life/carrier.hpp"
#include "coordinator/sessions/sessions.hpp"

namespace escrowstorm::coordinator {

// Why a piece of work could not be done.
struct WorkFailure {
  std::string what;                // one clause
  std::optional<Role> unanswered;  // whose instance did not answer
  bool lost = false;               // the wallet that was open is not open any more
  int code = 0;                    // of an RPC error
  bool final = false;              // there is no use in trying again
};

// Asking a failed result for its value is a bug of the caller.
[[noreturn]] void throw_exception_from_error(const WorkFailure& failure,
                                             const boost::source_location& place);

template <class T>
using WorkResult = boost::system::result<T, WorkFailure>;

class WalletWork {
 public:
  // `phase`: of the events, a literal.
  WalletWork(Carrier& carrier, const OpenWallets& wallets, std::string_view phase)
      : carrier_(carrier), wallets_(wallets), phase_(phase) {}

  // REQUIRES, all of these: the roles' wallets are open.
  template <class Method>
  Awaitable<WorkResult<typename Method::Answer>> ask(Role role, Method method) {
    walletrpc::Request request = std::move(method);
    CallSite site = wallets_.site(role, phase_);
    CallResult<walletrpc::Answer> result =
        co_await carrier_.call(std::move(site), std::move(request));
    if (!result) co_return failure_of(role, Method::method, result.error());
    co_return std::move(get<walletrpc::AnswerTo<Method>>(*result).value);
  }

  // All look at the chain, at once.
  Awaitable<std::optional<WorkFailure>> refresh(RoleSet roles);

  // `creator` can make transactions that `signer` can sign. No earlier one of theirs can be signed
  // any more. REQUIRES: both have refreshed, or an import may be lost (0.18.0.0).
  Awaitable<std::optional<WorkFailure>> sync_pair(Role creator, Role signer);

  // The same for all three wallets and any two of them, as the first of the founding notes has it.
  Awaitable<std::optional<WorkFailure>> sync_all();

 private:
  WorkFailure failure_of(Role role, std::string_view method, const CallError& error) const;

  Carrier& carrier_;
  const OpenWallets& wallets_;
  const std::string_view phase_;
};

}  // namespace escrowstorm::coordinator
