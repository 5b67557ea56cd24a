#include "sim/virtual/in_process_transport.hpp"

#include <algorithm>
#include <variant>

#include "base/http/rpc_answer.hpp"
#include "base/walletrpc/codec.hpp"
#include "mockrpc/fleet/spoilt_response.hpp"

namespace escrowstorm::sim {
namespace {

using mockrpc::CallOutcome;
using mockrpc::FleetReply;
using mockrpc::NoReply;
using walletrpc::Answer;
using walletrpc::Request;

// A call under way: told of by the fleet, and given up at its deadline by who made it. It reaches
// its instance at once, as over loopback: what was sent is not taken back when its sender dies.
class Pending final : public mockrpc::FleetCall {
 public:
  explicit Pending(Clock& clock) : timer(clock.make_timer()) {}

  const std::unique_ptr<Timer> timer;
  bool is_answered = false;

  void over() override {
    // Silence is waited for until the deadline.
    const auto* none = std::get_if<NoReply>(&*reply);
    if (none && *none == NoReply::silent) return;
    is_answered = true;
    timer->cancel();
  }
  void abandoned() override {}  // the world ends, and the timer drops who waits
};

CallError error_of(CallError::Kind kind, bool sent, std::string message, int code = 0) {
  CallError error;
  error.kind = kind;
  error.sent = sent;
  error.code = code;
  error.message = std::move(message);
  return error;
}

CallError too_late() {
  return error_of(CallError::Kind::deadline, true, "no answer before the deadline");
}

// What the client of a real one makes of these bytes.
CallResult<Answer> read_response(const Request& asked, const http::ServerResponse& sent) {
  if (sent.delivery == http::Delivery::half)
    return error_of(CallError::Kind::outcome_unknown, true,
                    "the connection broke before the answer was complete");
  http::ClientResponse seen;
  seen.status = sent.status;
  seen.body = sent.body.substr(0, sent.said_length.value_or(sent.body.size()));
  return http::rpc_answer(asked, seen);
}

CallResult<Answer> result_of(FleetReply reply) {
  if (const auto* none = std::get_if<NoReply>(&reply)) {
    if (*none == NoReply::refused)
      return error_of(CallError::Kind::refused, false, "connection refused");
    return error_of(CallError::Kind::outcome_unknown, true,
                    *none == NoReply::reset ? "the connection was reset" : "the connection broke");
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
  const auto pending = std::make_shared<Pending>(clock_);
  std::optional<Request> asked;  // what an answer's bytes are read by
  if (carried_ == Carried::as_bytes) {
    request = through_wire(request, whom);
    asked = request;
  }
  pending->request = std::move(request);
  pending->whom = whom;
  fleet_.begin(instance, pending);
  if (!pending->is_answered) co_await pending->timer->wait_until(deadline);
  if (!pending->is_answered) co_return too_late();
  FleetReply reply = std::move(*pending->reply);
  if (const auto* spoilt = std::get_if<mockrpc::SpoiltReply>(&reply)) {
    const http::ServerResponse sent = mockrpc::spoilt_response(walletrpc::CallId(), *spoilt);
    const TimePoint arrived = clock_.now() + mockrpc::sending_time(sent);
    if (arrived > clock_.now()) co_await clock_.sleep_until(std::min(arrived, deadline));
    if (arrived > deadline) co_return too_late();
    co_return read_response(*pending->request, sent);
  }
  if (asked) reply = through_wire(*asked, std::move(reply));
  co_return result_of(std::move(reply));
}

}  // namespace escrowstorm::sim
