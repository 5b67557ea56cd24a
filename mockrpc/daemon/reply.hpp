// What every call of monerod's works on and answers with. Codes as monero's
// src/rpc/core_rpc_server_error_codes.h numbers them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/epee/json_rpc.hpp"
#include "mockrpc/network.hpp"
#include "mockrpc/version.hpp"

namespace escrowstorm::mockrpc {

class Chain;

namespace daemonrpc {

// What the calls are answered from. The chain outlives the daemon, whose part the rest is.
struct Node {
  Chain& chain;
  const Version& version;
  Network network;
  std::uint64_t started;        // seconds since 1970
  std::size_t connections = 0;  // open ones, on all ports of the process
};

namespace error_code {
inline constexpr int wrong_param = -1;
inline constexpr int too_big_height = -2;
inline constexpr int wrong_wallet_address = -4;
inline constexpr int internal_error = -5;
inline constexpr int mining_to_subaddress = -12;
inline constexpr int regtest_required = -13;
}  // namespace error_code

template <class Method>
using Reply = std::variant<typename Method::Answer, epee::RpcError>;

inline constexpr std::string_view status_ok = "OK";

// Of one generateblocks: a slip of the pen shall not eat all memory.
inline constexpr std::uint64_t generated_blocks_max = 100'000;

// Fields that most answers have and that no call changes: nobody pays for this RPC, and the node
// is nobody's bootstrap.
inline constexpr std::uint64_t credits = 0;
inline constexpr std::string_view top_hash;
inline constexpr bool untrusted = false;

// The answer of calls that only do something, or have nothing to list.
struct StatusAnswer {
  std::string status{status_ok};
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("status", s.status);
    v("untrusted", untrusted);
  }
};

// The same, of a call that could cost credits.
struct PaidStatusAnswer {
  std::string status{status_ok};
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("credits", credits);
    v("status", s.status);
    v("top_hash", top_hash);
    v("untrusted", untrusted);
  }
};

struct NoParameters {
  template <class Self, class Visitor>
  static void fields(Self&, Visitor&) {}
};

}  // namespace daemonrpc
}  // namespace escrowstorm::mockrpc
