// monerod's RPC on the mock's chain: JSON-RPC at /json_rpc and calls of their own paths, answered
// as the real one on regtest answers, to the byte. What the real one has and this one lacks says
// so. Calls take no time. Lives on the world's executor, beside the fleet on the same chain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/http/server.hpp"
#include "mockrpc/daemon/reply.hpp"

namespace escrowstorm::mockrpc {

class Daemon {
 public:
  // `chain` outlives it. Blocks can be made where the network is mainnet, whose addresses regtest
  // has.
  Daemon(Chain& chain, const Version& version, Network network);
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  // A body in, an answer out. Any body and any path.
  http::ServerResponse serve(std::string_view target, std::string_view body) const;

  // Throws std::system_error as the server does. `server` must be destroyed before the daemon.
  http::Endpoint listen(http::Server& server, const http::Endpoint& where);

 private:
  daemonrpc::Node node() const;

  Chain& chain_;
  Version version_;
  Network network_;
  std::uint64_t started_;
  const http::Server* server_ = nullptr;
};

}  // namespace escrowstorm::mockrpc
