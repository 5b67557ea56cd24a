#include "sim/calibrate/timed_calls.hpp"

#include "coordinator/setup/wallet_name.hpp"

namespace escrowstorm::sim {
namespace {

// Ends what hangs, and nothing else: on a machine that is busy a wallet may take minutes to make.
constexpr Duration timed_call_max = std::chrono::minutes(10);

bool fills_slot(const walletrpc::Request& request) {
  return holds_alternative<walletrpc::CreateWallet>(request) ||
         holds_alternative<walletrpc::OpenWallet>(request);
}

// The label of the wallet that is open then; empty where the call does not tell.
std::string label_in(const walletrpc::Request& request) {
  if (const auto* open = get_if<walletrpc::OpenWallet>(&request))
    return std::string(coordinator::wallet_of_file(open->filename));
  const auto* set = get_if<walletrpc::SetAttribute>(&request);
  return set && set->key == coordinator::wallet_label_key ? set->value : "";
}

// Whether the instance did not do what it was asked to.
bool was_not_done(const CallResult<walletrpc::Answer>& result) {
  return !result && (!result.error().sent || result.error().kind == CallError::Kind::rpc_error);
}

}  // namespace

// What an instance does by itself, a refresh every 20 s, is no part of what a call takes; and the
// mock does that by itself too. It has one thread: when it has answered this, it is idle. If it
// does not answer, the call after it will say so.
Awaitable<void> TimedCalls::wait_out(InstanceId instance) {
  walletrpc::Request request = walletrpc::GetVersion();
  const TimePoint deadline = clock_.now() + timed_call_max;
  co_await transport_.call(instance, std::move(request), std::nullopt, deadline);
}

Awaitable<CallResult<walletrpc::Answer>> TimedCalls::call(InstanceId instance,
                                                          walletrpc::Request request,
                                                          std::string_view counts_for) {
  method_ = method_of(request);
  const bool opens = fills_slot(request);
  const bool closes = holds_alternative<walletrpc::CloseWallet>(request);
  std::string label = label_in(request);
  if (opens) open_on_[instance] = label;

  if (counts_for != not_counted) co_await wait_out(instance);
  const TimePoint began = clock_.now();
  const TimePoint deadline = began + timed_call_max;
  CallResult<walletrpc::Answer> result =
      co_await transport_.call(instance, std::move(request), std::nullopt, deadline);
  const Duration took = clock_.now() - began;

  if ((opens && was_not_done(result)) || (closes && result)) open_on_.erase(instance);
  if (result && !label.empty()) open_on_[instance] = std::move(label);
  if (result && counts_for != not_counted) samples_[std::string(counts_for)].push_back(took);
  co_return result;
}

}  // namespace escrowstorm::sim
