// How a world calls its wallets. Internal to it.
#pragma once

#include <rapidcheck.h>

#include <string>
#include <utility>
#include <variant>

#include "tests/mockrpc/properties/escrow_world.hpp"

namespace escrowstorm::mockrpc::properties {

inline constexpr std::uint64_t xmr = Amount::per_xmr;

inline std::string wallet_name(std::size_t who) {
  return who < signer_count ? "g" + std::to_string(who) : "p";
}

template <class Method>
std::variant<typename Method::Answer, walletrpc::RpcError> EscrowWorld::call(
    std::size_t who, const Method& request) {
  Execution execution = rig_.instance(who).execute(request);
  if (auto* error = std::get_if<walletrpc::RpcError>(&execution.outcome)) return std::move(*error);
  return get<walletrpc::AnswerTo<Method>>(std::get<walletrpc::Answer>(std::move(execution.outcome)))
      .value;
}

template <class Method>
typename Method::Answer EscrowWorld::must(std::size_t who, const Method& request) {
  auto outcome = call(who, request);
  if (const auto* error = std::get_if<walletrpc::RpcError>(&outcome))
    RC_FAIL(std::string(Method::method) + ": " + error->message);
  return std::get<typename Method::Answer>(std::move(outcome));
}

}  // namespace escrowstorm::mockrpc::properties
