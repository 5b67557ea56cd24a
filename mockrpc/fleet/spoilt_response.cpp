#include "mockrpc/fleet/spoilt_response.hpp"

namespace escrowstorm::mockrpc {

std::string write_outcome(const walletrpc::CallId& id, const CallOutcome& outcome) {
  if (const auto* error = std::get_if<walletrpc::RpcError>(&outcome))
    return walletrpc::write_error(id, *error);
  return walletrpc::write_answer(id, std::get<walletrpc::Answer>(outcome));
}

http::ServerResponse spoilt_response(const walletrpc::CallId& id, const SpoiltReply& reply) {
  const Damage& damage = reply.damage;
  if (damage.kind == Damage::Kind::status) return {damage.status, {}, "text/plain"};
  http::ServerResponse response;
  response.body = write_outcome(id, reply.outcome);
  const std::size_t half = response.body.size() / 2;
  if (damage.kind == Damage::Kind::half_json) response.body.resize(half);
  if (damage.kind == Damage::Kind::half_length) response.said_length = half;
  if (damage.kind == Damage::Kind::half_body) response.delivery = http::Delivery::half;
  if (damage.kind == Damage::Kind::slow) response.pace = damage.pace;
  return response;
}

Duration sending_time(const http::ServerResponse& response) {
  const std::size_t bytes = response.pace.bytes;
  if (bytes == 0) return Duration::zero();
  const std::size_t pieces = (response.body.size() + bytes - 1) / bytes;
  return response.pace.pause * static_cast<Duration::rep>(pieces);
}

}  // namespace escrowstorm::mockrpc
