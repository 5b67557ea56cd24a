// The scripts of this folder, run with Node against the real wallet RPC and against the mock: what
// they assert holds for both.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "sim/process/child_process.hpp"
#include "sim/process/loopback_ports.hpp"
#include "tests/e2e/sandbox.hpp"
#include "tests/fidelity/fleets.hpp"

namespace escrowstorm::e2e {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class MoneroTs : public Sandbox {
 protected:
  MoneroTs() {
    if (!fs::exists(source_path("tests/monero_ts/node_modules/monero-ts"))) {
      throw std::runtime_error("monero-ts is not installed: npm ci, in tests/monero_ts");
    }
  }

  // The script passes, and meets no field that monero-ts does not know.
  void passes(const std::string& script, std::vector<std::string> arguments) {
    const auto program = start_program("node", with_script(script, std::move(arguments)));
    EXPECT_EQ(program->wait(), 0) << program->out() << program->err();
    EXPECT_THAT(program->out(), Not(HasSubstr("WARNING")));
  }

  // One that is looked for in PATH.
  std::unique_ptr<Program> start_program(const std::string& name,
                                         std::vector<std::string> arguments) {
    const auto path = sim::find_program(name, std::nullopt);
    if (!path) throw std::runtime_error(name + " is not installed");
    Program::Start how;
    how.program = *path;
    how.arguments = std::move(arguments);
    how.folder = folder();
    how.environment["TMPDIR"] = tmpdir().string();
    how.environment["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";  // certificates of the RPCs' own making
    return std::make_unique<Program>(how);
  }

 private:
  static std::vector<std::string> with_script(const std::string& script,
                                              std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), source_path("tests/monero_ts/" + script));
    return arguments;
  }
};

class RealMoneroTs : public MoneroTs {
 protected:
  // A wallet RPC without a daemon; its URL but for the scheme.
  std::string start_wallet_rpc(std::vector<std::string> arguments) {
    const std::string port = std::to_string(ports_[0]);
    arguments.insert(arguments.end(), {"--rpc-bind-port", port, "--wallet-dir", tmpdir().string(),
                                       "--log-file", (folder() / "wallet-rpc.log").string(),
                                       "--offline", "--no-dns", "--non-interactive"});
    wallet_rpc_ = start_program("monero-wallet-rpc", std::move(arguments));
    EXPECT_TRUE(wallet_rpc_->says("Starting wallet RPC server")) << wallet_rpc_->out();
    return "127.0.0.1:" + port;
  }

  void TearDown() override {
    wallet_rpc_.reset();
    for (const auto& entry : fs::directory_iterator(tmpdir())) fs::remove_all(entry);  // wallets
    MoneroTs::TearDown();
  }

 private:
  RandomStream random_ = Random(2).stream("monero-ts.ports");
  sim::LoopbackPorts ports_{1, random_};
  std::unique_ptr<Program> wallet_rpc_;
};

TEST_F(RealMoneroTs, LifeOfAnEscrow) {
  fidelity::RealFleet fleet;
  std::vector<std::string> urls{"http://" + fleet.daemon()->to_string()};
  for (const http::Endpoint& wallet : fleet.instances()) {
    urls.push_back("http://" + wallet.to_string());
  }
  passes("life.js", urls);
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
