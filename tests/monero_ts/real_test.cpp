// What the scripts assert is true of the real wallet RPC.
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "sim/process/loopback_ports.hpp"
#include "tests/fidelity/fleets.hpp"
#include "tests/monero_ts/monero_ts.hpp"

namespace escrowstorm::e2e {
namespace {

namespace fs = std::filesystem;

class RealMoneroTs : public MoneroTs {
 protected:
  // A wallet RPC without a daemon; its URL but for the scheme.
  std::string start_wallet_rpc(std::vector<std::string> arguments) {
    const std::string port = std::to_string(ports_[0]);
    arguments.insert(arguments.end(), {"--rpc-bind-port", port, "--wallet-dir", tmpdir().string(),
                                       "--log-file", (folder() / "wallet-rpc.log").string(),
                                       "--shared-ringdb-dir", (folder() / "ringdb").string(),
                                       "--offline", "--no-dns", "--non-interactive"});
    wallet_rpc_ = start_installed("monero-wallet-rpc", std::move(arguments));
    EXPECT_TRUE(wallet_rpc_->says("Starting wallet RPC server")) << wallet_rpc_->out();
    return "127.0.0.1:" + port;
  }

  void TearDown() override {
    wallet_rpc_.reset();
    for (const auto& wallet : fs::directory_iterator(tmpdir())) fs::remove_all(wallet);
    MoneroTs::TearDown();
  }

 private:
  RandomStream random_ = Random(2).stream("monero-ts.ports");
  sim::LoopbackPorts ports_{1, random_};
  std::unique_ptr<Program> wallet_rpc_;
};

// The daemon, then so many of its wallet RPCs.
std::vector<std::string> urls_of(const fidelity::RealFleet& fleet, std::size_t wallet_rpcs) {
  std::vector<std::string> urls{"http://" + fleet.daemon()->to_string()};
  for (std::size_t i = 0; i < wallet_rpcs; ++i) {
    urls.push_back("http://" + fleet.instances().at(i).to_string());
  }
  return urls;
}

TEST_F(RealMoneroTs, LifeOfAnEscrow) {
  fidelity::RealFleet fleet;
  passes("life.js", urls_of(fleet, 3));
}

TEST_F(RealMoneroTs, OrdinaryWalletAndDaemon) {
  fidelity::RealFleet fleet;
  passes("daemon.js", urls_of(fleet, 1));
  passes("customer.js", urls_of(fleet, 2));
}

TEST_F(RealMoneroTs, Login) {
  const auto address = start_wallet_rpc({"--rpc-ssl", "disabled", "--rpc-login", "me:secret"});
  passes("login.js", {"http://" + address, "me", "secret"});
}

TEST_F(RealMoneroTs, Tls) {
  const auto address = start_wallet_rpc({"--rpc-ssl", "enabled", "--disable-rpc-login"});
  passes("tls.js", {"https://" + address});
}

}  // namespace
}  // namespace escrowstorm::e2e
