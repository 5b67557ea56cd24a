// The world of wallet RPCs that somebody else runs, on testnet or stagenet.
#include "base/http/rpc_transport.hpp"
#include "sim/process/entropy.hpp"
#include "sim/world/live_checks.hpp"
#include "sim/world/real_world.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

[[noreturn]] void refuse(std::vector<std::string> complaints) {
  std::string text = "the fleet can't be used:";
  for (const std::string& c : complaints) text += "\n  " + c;
  throw WorldError(text);
}

std::vector<std::string> names_of(const std::vector<http::Endpoint>& endpoints) {
  std::vector<std::string> names;
  for (const http::Endpoint& endpoint : endpoints) names.push_back(endpoint.to_string());
  return names;
}

class LiveWorld final : public RealWorld {
 public:
  explicit LiveWorld(const WorldOptions& options)
      : RealWorld(options.scratch, options.database_key) {
    transport_ = std::make_unique<http::RpcTransport>(loop_.get_executor(), clock_, options.rpc,
                                                      http::TransportLimits(), options.access);
    wallet_prefix_ = "escrowstorm" + unique_id();
    checks_ = std::make_unique<LiveChecks>(
        loop_.get_executor(), clock_, *transport_, names_of(options.rpc),
        LiveCheckOptions{options.allow_mainnet, options.allow_unknown_version, options.say});
  }

  void start() {
    run_start(check());
    checks_.reset();
  }

 private:
  Awaitable<void> check() {
    std::vector<std::string> complaints = co_await checks_->complaints();
    if (!complaints.empty()) refuse(std::move(complaints));
  }

  std::unique_ptr<LiveChecks> checks_;
};

}  // namespace

std::unique_ptr<World> make_live_world(const Scenario& scenario, const Random&,
                                       const WorldOptions& options) {
  if (scenario.needs_money())
    throw WorldError(
        "this scenario has a chain section, so it needs a bank that pays and makes blocks, which "
        "the live world has none of: --world virtual, mock or regtest");
  if (scenario.coordinator.persistence == coordinator::Persistence::copy_per_round)
    throw WorldError(
        "persistence copy_per_round copies wallet files, which the live world can't reach: "
        "coordinator.persistence journal, or --world virtual, mock or regtest");
  auto world = std::make_unique<LiveWorld>(options);
  try {
    world->start();
  } catch (...) {
    world->abandon();
    throw;
  }
  return world;
}

}  // namespace escrowstorm::sim
