// What must be known of a fleet before transcripts are played on it: that all of it answers, which
// version it is, what it calls its wallet folder, that its daemon is one of regtest, and that no
// wallet is open that playing would push out. It makes no wallet and changes nothing. Lives on one
// executor; made for one inquiry.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/http/rpc_transport.hpp"
#include "base/http/url.hpp"

namespace escrowstorm::sim {

struct FleetFacts {
  std::uint32_t rpc_version = 0;
  std::optional<std::string> wallet_dir;  // where the instances tell it, which old ones do not
  std::vector<std::string> complaints;  // why it can't be used, a line each; the rest is void then
};

class FleetInquiry {
 public:
  // `clock` outlives it. `access` is for all of them.
  FleetInquiry(Executor executor, Clock& clock, std::vector<http::Endpoint> instances,
               std::optional<http::Endpoint> daemon, http::Access access);

  Awaitable<FleetFacts> ask();

 private:
  Awaitable<void> ask_instance(InstanceId instance);
  Awaitable<void> ask_daemon();
  Awaitable<void> ask_wallet_dir();
  Awaitable<CallResult<walletrpc::Answer>> call(InstanceId instance, walletrpc::Request request);
  void complain(const http::Endpoint& at, const std::string& what);

  Executor executor_;
  Clock& clock_;
  std::vector<http::Endpoint> instances_;
  std::optional<http::Endpoint> daemon_;
  http::Access access_;
  http::RpcTransport transport_;
  FleetFacts facts_;
};

}  // namespace escrowstorm::sim
