// The world of wallet RPCs that somebody else runs, on testnet or stagenet.
#include "base/http/rpc_transport.hpp"
#include "sim/process/entropy.hpp"
#include "sim/world/live_checks.hpp"
#include "sim/world/real_world.hpp"
#include "sim/world/rpc_urls.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

[[noreturn]] void refuse(std::vector<std::string> complaints) {
  std::string text = "the fleet can't be used:";
  for (const std::string& c : complaints) text += "\n  " + c;
  throw WorldError(text);
}

std::vector<http::Endpoint> endpoints_of(const std::vector<std::string>& urls) {
  auto read = read_rpc_urls(urls);
  if (auto* complaints = std::get_if<std::vector<std::string>>(&read))
    refuse(std::move(*complaints));
  return std::get<std::vector<http::Endpoint>>(std::move(read));
}

class LiveWorld final : public RealWorld {
 public:
  LiveWorld(std::vector<http::Endpoint> endpoints, const WorldOptions& options) {
    transport_ =
        std::make_unique<http::RpcTransport>(loop_.get_executor(), clock_, std::move(endpoints),
                                             http::TransportLimits(), options.access);
    wallet_prefix_ = "escrowstorm" + unique_id();
    checks_ = std::make_unique<LiveChecks>(
        loop_.get_executor(), clock_, *transport_, options.rpc,
        LiveCheckOptions{options.allow_mainnet, options.allow_unknown_version, options.say});
  }

  std::string_view name() const override { return "live"; }

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

std::unique_ptr<World> make_live_world(const Scenario&, const Random&,
                                       const WorldOptions& options) {
  auto world = std::make_unique<LiveWorld>(endpoints_of(options.rpc), options);
  try {
    world->start();
  } catch (...) {
    world->abandon();
    throw;
  }
  return world;
}

}  // namespace escrowstorm::sim
