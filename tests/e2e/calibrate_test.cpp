// escrowstorm calibrate, against mocks that were started apart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "mockrpc/latency/profile.hpp"
#include "sim/process/loopback_ports.hpp"
#include "tests/e2e/mock_fleet.hpp"
#include "tests/e2e/sandbox.hpp"
#include "tests/support/eventually.hpp"

namespace escrowstorm::e2e {
namespace {

namespace fs = std::filesystem;
using mockrpc::LatencyProfile;
using nlohmann::json;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Calibrate : public Sandbox {
 protected:
  // A mock of three, known by urls_ then, and its daemon by daemon_ where it has one.
  std::unique_ptr<Program> start_mock(std::vector<std::string> more) {
    more.insert(more.end(), {"--instances", "3", "--rpc-bind-port", "0", "--wallet-dir", "w"});
    auto mock = start("mock-wallet-rpc", more);
    EXPECT_TRUE(mock->says(" answer on ")) << mock->err();
    urls_ = announced_urls(mock->out());
    EXPECT_EQ(urls_.size(), 3u) << mock->out();
    if (std::ranges::find(more, "--daemon-rpc-port") == more.end()) return mock;
    const std::string before = " listens on ";
    EXPECT_TRUE(mock->says(before)) << mock->err();
    std::istringstream(mock->out().substr(mock->out().find(before) + before.size())) >> daemon_;
    return mock;
  }

  std::unique_ptr<Program> start_calibrate(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "calibrate");
    for (const std::string& url : urls_) arguments.insert(arguments.end(), {"--rpc", url});
    return start("escrowstorm", std::move(arguments));
  }

  int calibrate(std::vector<std::string> arguments) {
    const auto program = start_calibrate(std::move(arguments));
    const int status = program->wait();
    out_ = program->out();
    err_ = program->err();
    return status;
  }

  std::size_t files_in(const fs::path& path) const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path), fs::directory_iterator()));
  }

  // Nobody's, or calibrating would be refused.
  void expect_no_wallet_open() {
    EXPECT_EQ(calibrate({"--out", "again.json", "--rounds", "1", "--allow-mainnet", "--quiet"}), 0)
        << err_;
  }

  std::vector<std::string> urls_;
  std::string daemon_;
};

TEST_F(Calibrate, AFleetWithMoney) {
  const auto mock =
      start_mock({"--latency", fast_profile(), "--daemon-rpc-port", "0", "--enforce-ring-size"});
  EXPECT_EQ(calibrate({"--daemon", daemon_, "--out", "mine.json", "--rounds", "1", "--json"}), 0)
      << err_;
  const json said = json::parse(out_);
  EXPECT_EQ(said["methods"].size(), 24u);
  EXPECT_EQ(said["taken_over"], json::array());
  for (const json& method : said["methods"]) EXPECT_GT(method["mock"]["p50"], 0) << method;

  const auto read = LatencyProfile::load((folder() / "mine.json").string(), "0.18.5.1");
  const auto& profile = std::get<LatencyProfile>(read);
  // The profile of the mock has 11 ms for it, and what HTTP takes comes on top.
  EXPECT_GE(profile.methods().at("make_multisig").quantile(0), std::chrono::milliseconds(9));

  EXPECT_EQ(escrowstorm({"run", "scenarios/storms/life.json", "--world", "virtual", "--set",
                         "fleet.latency=" + (folder() / "mine.json").string()}),
            0)
      << out_ << err_;
  expect_no_wallet_open();
}

TEST_F(Calibrate, AStagenetFleetWithoutMoney) {
  const auto mock = start_mock({"--stagenet", "--daemon-rpc-port", "0"});
  EXPECT_EQ(calibrate({"--out", "mine.json", "--rounds", "2"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("3 wallet RPCs of Monero 0.18.5.1, 2 escrows; the mock"),
                          ContainsRegex("create_wallet +6 "), HasSubstr("for want of money"),
                          HasSubstr("refresh#funded"), HasSubstr("profile    mine.json\n")));
  const std::size_t at = out_.find("rm escrowstorm");
  const std::string prefix = out_.substr(at + 3, out_.find("_*", at) - at - 3);
  std::size_t ours = 0;
  for (const auto& entry : fs::directory_iterator(folder() / "w"))
    ours += entry.path().filename().string().starts_with(prefix) ? 1 : 0;
  EXPECT_EQ(ours, files_in(folder() / "w"));
  EXPECT_GE(ours, 12u);  // two for each wallet
}

TEST_F(Calibrate, MainnetIsRefused) {
  const auto mock = start_mock({});
  EXPECT_EQ(calibrate({"--out", "mine.json"}), 6);
  EXPECT_THAT(err_, AllOf(HasSubstr("is on mainnet"), HasSubstr("--allow-mainnet")));
  EXPECT_TRUE(fs::is_empty(folder() / "w"));
  EXPECT_FALSE(fs::exists(folder() / "mine.json"));
}

TEST_F(Calibrate, AnInstanceWithAWalletOpenIsRefused) {
  const auto mock = start_mock({"--stagenet"});
  open_a_wallet(urls_[0]);
  const std::size_t before = files_in(folder() / "w");
  EXPECT_EQ(calibrate({"--out", "mine.json"}), 6);
  EXPECT_THAT(err_, AllOf(HasSubstr(urls_[0].substr(7) + ": has a wallet open, which the "
                                                         "calibration would push out; close_wallet "
                                                         "first"),
                          Not(HasSubstr(urls_[1].substr(7)))));
  EXPECT_EQ(files_in(folder() / "w"), before);
}

TEST_F(Calibrate, ADaemonThatIsNotOfRegtestIsRefused) {
  const auto mock = start_mock({"--stagenet", "--daemon-rpc-port", "0"});
  EXPECT_EQ(calibrate({"--daemon", daemon_, "--out", "mine.json"}), 6);
  EXPECT_THAT(err_, HasSubstr(daemon_ + ": is on stagenet; --daemon wants the RPC port of a "
                                        "regtest monerod"));
  EXPECT_TRUE(fs::is_empty(folder() / "w"));
}

TEST_F(Calibrate, WhatCannotBeReachedIsNamed) {
  RandomStream random(5);
  const sim::LoopbackPorts silent(3, random);  // kept, but nobody listens
  for (std::size_t i = 0; i < silent.size(); ++i)
    urls_.push_back("http://127.0.0.1:" + std::to_string(silent[i]));
  EXPECT_EQ(calibrate({"--out", "mine.json"}), 6);
  for (const std::string& url : urls_) EXPECT_THAT(err_, HasSubstr(url.substr(7)));
  EXPECT_FALSE(fs::exists(folder() / "mine.json"));
}

TEST_F(Calibrate, WhatCannotBeWrittenIsFoundOutBefore) {
  urls_ = {"http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3"};  // never asked
  EXPECT_EQ(calibrate({"--out", "nowhere/mine.json"}), 1);
  EXPECT_THAT(err_, HasSubstr("nowhere/mine.json: there is no folder "));
  fs::create_directory(folder() / "folder.json");
  EXPECT_EQ(calibrate({"--out", "folder.json"}), 1);
  EXPECT_THAT(err_, HasSubstr("folder.json: is there and is no file that can be replaced"));
}

TEST_F(Calibrate, CtrlCLeavesNeitherAProfileNorAnOpenWallet) {
  write("mine.json", "as before");
  const auto mock = start_mock({"--latency", fast_profile(), "--daemon-rpc-port", "0"});
  const auto program =
      start_calibrate({"--out", "mine.json", "--rounds", "10000", "--allow-mainnet"});
  ASSERT_TRUE(test::eventually([&] { return files_in(folder() / "w") > 0; })) << program->err();
  program->signal(SIGINT);
  EXPECT_EQ(program->wait(), 130);
  EXPECT_THAT(program->err(), AllOf(HasSubstr("interrupted; no profile is written"),
                                    ContainsRegex("left behind.*rm escrowstorm[0-9a-f]+_\\*")));
  EXPECT_EQ(program->out(), "");
  EXPECT_EQ(content_of(folder() / "mine.json"), "as before");
  for (const auto& entry : fs::directory_iterator(folder()))
    EXPECT_FALSE(entry.path().filename().string().starts_with(".")) << entry.path();
  expect_no_wallet_open();
}

TEST_F(Calibrate, AFleetThatDiesInTheMiddleEndsIt) {
  const auto mock = start_mock({"--latency", fast_profile(), "--daemon-rpc-port", "0"});
  const auto program =
      start_calibrate({"--out", "mine.json", "--rounds", "10000", "--allow-mainnet"});
  ASSERT_TRUE(test::eventually([&] { return files_in(folder() / "w") > 0; })) << program->err();
  mock->signal(SIGKILL);
  EXPECT_EQ(program->wait(), 6);
  EXPECT_THAT(program->err(), AllOf(HasSubstr("127.0.0.1:"), HasSubstr("; no profile is written"),
                                    HasSubstr("it may have a wallet open")));
  EXPECT_FALSE(fs::exists(folder() / "mine.json"));
}

TEST_F(Calibrate, LogsIn) {
  write("login", "user:secret\n");
  const auto mock =
      start_mock({"--stagenet", "--rpc-login", "user:secret", "--daemon-rpc-port", "0"});
  EXPECT_EQ(calibrate({"--out", "mine.json", "--rounds", "1", "--rpc-login-file", "login"}), 0)
      << err_;
  EXPECT_EQ(calibrate({"--out", "mine.json"}), 6);
  EXPECT_THAT(err_, HasSubstr("wants a login"));
  EXPECT_EQ(calibrate({"--out", "mine.json", "--rpc-login-file", "nowhere"}), 2);
  EXPECT_THAT(err_, HasSubstr("--rpc-login-file: no login can be read from 'nowhere'"));
}

}  // namespace
}  // namespace escrowstorm::e2e
