#include "sim/virtual/in_process_transport.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/rethrow.hpp"
#include "base/walletrpc/codec.hpp"

namespace escrowstorm::sim {
namespace {

using mockrpc::CallOutcome;
using mockrpc::FleetReply;
using mockrpc::NoReply;
using walletrpc::Answer;
using walletrpc::Request;

// A call under way, shared by who waits for it, up to the deadline, and by the coroutine that is at
// the fleet, which goes on when nobody waits any more.
struct Pending {
  std::unique_ptr<Timer> timer;
  std::optional<FleetReply> reply;
};

Awaitable<void> carry(mockrpc::Fleet& fleet, InstanceId instance, Request request,
                      std::optional<CallFor> whom, std::shared_ptr<Pending> pending) {
  FleetReply reply = co_await fleet.call(instance, std::move(request), whom);
  // Silence is waited for until the deadline.
  const auto* none = std::get_if<NoReply>(&reply);
  if (none && *none == NoReply::silent) co_return;
  pending->reply = std::move(reply);
  pending->timer->cancel();
}

CallError error_of(CallError::Kind kind, bool sent, std::string message, int code = 0) {
  CallError error;
  error.kind = kind;
  error.sent = sent;
  error.code = code;
  error.message = std::move(message);
  return error;
}

CallResult<Answer> result_of(FleetReply reply) {
  if (const auto* none = std::get_if<NoReply>(&reply)) {
    if (*none == NoReply::refused)
      return error_of(CallError::Kind::refused, false, "connection refused");
    return error_of(CallError::Kind::outcome_unknown, true, "the connection broke");
  }
  auto& outcome = std::get<CallOutcome>(reply);
  if (auto* error = std::get_if<walletrpc::RpcError>(&outcome))
    return error_of(CallError::Kind::rpc_error, true, std::move(error->message), error->code);
  return std::get<Answer>(std::move(outcome));
}

// Through the text of a call and back. What the codec can't carry is a bug.
Request through_wire(const Request& request, const std::optional<CallFor>& whom) {
  auto read = walletrpc::read_call(walletrpc::write_call(request, whom ? to_string(*whom) : "0"));
  return std::get<walletrpc::Call>(std::move(read)).request;
}

FleetReply through_wire(const Request& asked, FleetReply reply) {
  auto* outcome = std::get_if<CallOutcome>(&reply);
  if (!outcome) return reply;
  const walletrpc::CallId id;
  const auto* error = std::get_if<walletrpc::RpcError>(outcome);
  auto read = walletrpc::read_answer(
      asked, error ? walletrpc::write_error(id, *error)
                   : walletrpc::write_answer(id, std::get<Answer>(*outcome)));
  if (auto* again = std::get_if<walletrpc::RpcError>(&read)) return CallOutcome(std::move(*again));
  return CallOutcome(std::get<Answer>(std::move(read)));
}

}  // namespace

Awaitable<CallResult<Answer>> InProcessTransport::call(InstanceId instance, Request request,
                                                       std::optional<CallFor> whom,
                                                       TimePoint deadline) {
  const auto pending = std::make_shared<Pending>();
  pending->timer = clock_.make_timer();
  std::optional<Request> asked;  // what an answer's bytes are read by
  if (carried_ == Carried::as_bytes) {
    request = through_wire(request, whom);
    asked = request;
  }
  const Executor executor = co_await boost::asio::this_coro::executor;
  boost::asio::co_spawn(executor, carry(fleet_, instance, std::move(request), whom, pending),
                        rethrow);
  co_await pending->timer->wait_until(deadline);
  if (!pending->reply)
    co_return error_of(CallError::Kind::deadline, true, "no answer before the deadline");
  FleetReply reply = std::move(*pending->reply);
  if (asked) reply = through_wire(*asked, std::move(reply));
  co_return result_of(std::move(reply));
}

}  // namespace escrowstorm::sim
