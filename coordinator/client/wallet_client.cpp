#include "coordinator/client/wallet_client.hpp"

#include <cassert>

#include "coordinator/client/error_text.hpp"
#include "coordinator/client/retry_rule.hpp"

namespace escrowstorm::coordinator {
namespace {

std::optional<CallFor> made_for(const CallSite& site) {
  assert(site.escrow.has_value() == site.role.has_value());
  if (!site.escrow) return std::nullopt;
  return CallFor{*site.escrow, *site.role};
}

}  // namespace

WalletClient::WalletClient(Transport& transport, Clock& clock, Observer& observer,
                           Duration call_deadline)
    : transport_(transport), clock_(clock), observer_(observer), call_deadline_(call_deadline) {}

Awaitable<CallResult<walletrpc::Answer>> WalletClient::call(CallSite site,
                                                            walletrpc::Request request,
                                                            Repeat repeat) {
  const std::string_view method = walletrpc::method_of(request);
  const std::optional<CallFor> whom = made_for(site);
  for (int attempt = 1;; ++attempt) {
    const TimePoint began = clock_.now();
    const TimePoint deadline = began + call_deadline_;
    // On its own: what is copied for it is not kept in this frame.
    Awaitable<CallResult<walletrpc::Answer>> sending =
        transport_.call(site.instance, request, whom, deadline);
    CallResult<walletrpc::Answer> result = co_await std::move(sending);
    if (abandoned_) co_return result;
    assert(!result || result->index() == request.index());
    report(site, method, result, began);

    if (result || repeat == Repeat::never || attempt == attempts_max ||
        !may_repeat(method, result.error()))
      co_return result;
    const TimePoint again = clock_.now() + backoff_after(attempt);
    co_await clock_.sleep_until(again);
    if (abandoned_) co_return result;
  }
}

void WalletClient::report(const CallSite& site, std::string_view method,
                          const CallResult<walletrpc::Answer>& result, TimePoint began) {
  Event event;
  event.at = clock_.now();
  event.kind = EventKind::rpc;
  event.phase = site.phase;
  event.escrow = site.escrow;
  event.role = site.role;
  event.instance = site.instance;
  event.wallet = site.wallet;
  event.method = method;
  event.ok = result.has_value();
  event.duration = event.at - began;
  if (!result) {
    const CallError& error = result.error();
    const bool answered = error.kind == CallError::Kind::rpc_error;
    event.code = error.code;
    event.message = answered ? one_line(error.message) : describe(error);
  }
  observer_.on(event);
}

}  // namespace escrowstorm::coordinator
