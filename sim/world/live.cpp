// The world of wallet RPCs that somebody else runs, on testnet or stagenet.
#include <algorithm>

#include "base/http/rpc_transport.hpp"
#include "sim/process/entropy.hpp"
#include "sim/world/live_checks.hpp"
#include "sim/world/real_world.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::size_t instances_min = 3;

[[noreturn]] void refuse(std::vector<std::string> complaints) {
  std::string text = "the fleet can't be used:";
  for (const std::string& c : complaints) text += "\n  " + c;
  throw WorldError(text);
}

// Without a login, which is nobody's business but its owner's.
std::string shown(const std::string& url) {
  const std::size_t at = url.rfind('@');
  if (at == std::string::npos) return url;
  const std::size_t scheme = url.find("://");
  return url.substr(0, scheme == std::string::npos ? 0 : scheme + 3) + url.substr(at + 1);
}

std::vector<http::Endpoint> read_urls(const std::vector<std::string>& urls) {
  std::vector<http::Endpoint> endpoints;
  std::vector<std::string> complaints;
  if (urls.size() < instances_min) {
    complaints.push_back("an escrow needs at least three instances; --rpc URL was given " +
                         std::to_string(urls.size()) + " times");
  }
  for (const std::string& url : urls) {
    auto parsed = http::parse_endpoint(url);
    if (const auto* wrong = std::get_if<std::string>(&parsed)) {
      complaints.push_back(shown(url) + " " + *wrong);
      continue;
    }
    auto& endpoint = std::get<http::Endpoint>(parsed);
    if (std::ranges::find(endpoints, endpoint) != endpoints.end()) {
      complaints.push_back(shown(url) + " was given twice; an instance holds one wallet at a time");
      continue;
    }
    endpoints.push_back(std::move(endpoint));
  }
  if (!complaints.empty()) refuse(std::move(complaints));
  return endpoints;
}

class LiveWorld final : public RealWorld {
 public:
  LiveWorld(std::vector<http::Endpoint> endpoints, const WorldOptions& options) {
    transport_ =
        std::make_unique<http::RpcTransport>(loop_.get_executor(), clock_, std::move(endpoints));
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
  auto world = std::make_unique<LiveWorld>(read_urls(options.rpc), options);
  try {
    world->start();
  } catch (...) {
    world->abandon();
    throw;
  }
  return world;
}

}  // namespace escrowstorm::sim
