// The errors that the tests of several methods expect.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/walletrpc/error_code.hpp"

namespace escrowstorm::mockrpc::rigs {

using walletrpc::RpcError;
namespace error_code = walletrpc::error_code;

inline RpcError unknown(std::string text) { return {error_code::unknown_error, std::move(text)}; }
inline RpcError kex_error(const std::string& text) {
  return unknown("Error calling exchange_multisig_info: " + text);
}
inline constexpr std::string_view unexpected_recommendations =
    "A pubkey recommended by multisig kex messages had an unexpected number of recommendations.";
inline RpcError open_failed(const std::string& reason) {
  return unknown("Failed to open wallet : " + reason);
}

inline const RpcError no_wallet{error_code::no_wallet_file, "No wallet file"};
inline const RpcError no_attribute{error_code::attribute_not_found, "Attribute not found."};
inline const RpcError not_multisig{error_code::not_multisig, "This wallet is not multisig"};
inline const RpcError not_finalized{error_code::not_multisig,
                                    "This wallet is multisig, but not yet finalized"};
inline const RpcError already_multisig{error_code::already_multisig,
                                       "This wallet is already multisig"};

}  // namespace escrowstorm::mockrpc::rigs
