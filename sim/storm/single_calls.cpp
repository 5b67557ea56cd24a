#include "sim/storm/single_calls.hpp"

#include <algorithm>
#include <array>

namespace escrowstorm::sim {
namespace {

template <class Method>
constexpr SingleCall call_of() {
  return {Method::method, [] { return walletrpc::Request(Method()); }};
}

// All but the first two need a wallet that is open where they come.
constexpr std::array all_calls{call_of<walletrpc::GetVersion>(), call_of<walletrpc::GetLanguages>(),
                               call_of<walletrpc::GetAddress>(), call_of<walletrpc::GetBalance>(),
                               call_of<walletrpc::GetHeight>(),  call_of<walletrpc::IsMultisig>()};

}  // namespace

std::span<const SingleCall> single_calls() { return all_calls; }

const SingleCall* find_single_call(std::string_view name) {
  const auto* at = std::find_if(all_calls.begin(), all_calls.end(),
                                [name](const SingleCall& call) { return call.name == name; });
  return at == all_calls.end() ? nullptr : at;
}

}  // namespace escrowstorm::sim
