// escrowstorm calibrate on the real monerod and monero-wallet-rpc (apt-get install monero).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <nlohmann/json.hpp>

#include "base/real_clock.hpp"
#include "base/real_loop.hpp"
#include "base/rethrow.hpp"
#include "mockrpc/latency/profile.hpp"
#include "sim/world/regtest_nodes.hpp"
#include "tests/e2e/sandbox.hpp"

namespace escrowstorm::e2e {
namespace {

using mockrpc::LatencyProfile;
using nlohmann::json;

// Three real wallet RPCs and their monerod.
class RealThree {
 public:
  RealThree() : nodes_(loop_.get_executor(), clock_, Random(1).stream("ports"), options()) {
    boost::asio::co_spawn(loop_, nodes_.start(), rethrow);
    loop_.run();
  }

  std::vector<std::string> arguments() const {
    std::vector<std::string> all{"--daemon", "http://" + nodes_.daemon().to_string()};
    for (const http::Endpoint& wallet : nodes_.wallets())
      all.insert(all.end(), {"--rpc", "http://" + wallet.to_string()});
    return all;
  }

 private:
  sim::RegtestOptions options() const {
    sim::RegtestOptions options;
    options.scratch = scratch_.path();
    return options;
  }

  sim::ScratchDir scratch_;
  RealLoop loop_;
  RealClock clock_{loop_.get_executor()};
  sim::RegtestNodes nodes_;
};

class RegtestCalibrate : public Sandbox {
 protected:
  void calibrate(const RealThree& fleet) {
    std::vector<std::string> arguments{"calibrate", "--out", "mine.json",
                                       "--rounds",  "2",     "--json"};
    const std::vector<std::string> of_fleet = fleet.arguments();
    arguments.insert(arguments.end(), of_fleet.begin(), of_fleet.end());
    const auto program = start("escrowstorm", std::move(arguments));
    ASSERT_EQ(program->wait(), 0) << program->err();
    out_ = program->out();
  }
};

TEST_F(RegtestCalibrate, AScenarioRunsWithTheProfileOfRealWallets) {
  {
    const RealThree fleet;
    ASSERT_NO_FATAL_FAILURE(calibrate(fleet));
  }
  const json said = json::parse(out_);
  EXPECT_EQ(said["taken_over"], json::array());
  const auto read = LatencyProfile::load((folder() / "mine.json").string(), "0.18.0.0");
  ASSERT_TRUE(std::holds_alternative<LatencyProfile>(read)) << std::get<std::string>(read);
  const auto& methods = std::get<LatencyProfile>(read).methods();
  const auto recorded = LatencyProfile::load("measured", "0.18.0.0");
  for (const auto& [method, distribution] : std::get<LatencyProfile>(recorded).methods())
    EXPECT_TRUE(methods.contains(method)) << method;
  for (const json& method : said["methods"]) {
    const bool once =
        method["method"] == "submit_multisig" || method["method"] == "get_transfer_by_txid";
    EXPECT_GE(method["samples"], once ? 2 : 6) << method;
  }
  // What costs computing is what costs here too.
  EXPECT_GT(methods.at("create_wallet").quantile(500'000), std::chrono::milliseconds(100));
  EXPECT_GT(methods.at("exchange_multisig_keys#2").quantile(500'000),
            methods.at("exchange_multisig_keys#1").quantile(500'000));

  // However busy this machine was: no call is given up for want of time.
  EXPECT_EQ(escrowstorm({"run", "scenarios/storms/life.json", "--world", "virtual", "--set",
                         "fleet.latency=" + (folder() / "mine.json").string(), "--set",
                         "coordinator.call_deadline=1h"}),
            0)
      << out_ << err_;
}

}  // namespace
}  // namespace escrowstorm::e2e
