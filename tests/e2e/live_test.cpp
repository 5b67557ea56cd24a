// The live world, against wallet RPCs that were started apart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <boost/asio/io_context.hpp>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "base/http/server.hpp"
#include "sim/process/loopback_ports.hpp"
#include "tests/e2e/mock_fleet.hpp"
#include "tests/e2e/sandbox.hpp"

namespace escrowstorm::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class Live : public Sandbox {
 protected:
  // A mock of nine, known by urls_ then.
  std::unique_ptr<Program> start_mock(std::vector<std::string> more) {
    more.insert(more.end(), {"--instances", "9", "--rpc-bind-port", "0"});
    auto mock = start("mock-wallet-rpc", more);
    EXPECT_TRUE(mock->says(" answer on ")) << mock->err();
    urls_ = announced_urls(mock->out());
    EXPECT_EQ(urls_.size(), 9u) << mock->out();
    return mock;
  }

  void know(int port) { urls_.push_back("http://127.0.0.1:" + std::to_string(port)); }

  std::vector<std::string> live(const std::vector<std::string>& more = {},
                                const std::string& escrows = "6") const {
    std::vector<std::string> arguments{
        "run", "scenarios/storms/first.json", "--world", "live", "--escrows", escrows};
    for (const std::string& url : urls_) arguments.insert(arguments.end(), {"--rpc", url});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }

  // How many lines of err_ are about an instance.
  std::ptrdiff_t complaints() const {
    std::istringstream lines(err_);
    std::ptrdiff_t count = 0;
    for (std::string line; std::getline(lines, line);) count += line.starts_with("  127.0.0.1:");
    return count;
  }

  std::vector<std::string> urls_;
};

TEST_F(Live, AStagenetFleetPassesAgainAndAgain) {
  const auto mock = start_mock({"--stagenet"});
  EXPECT_EQ(escrowstorm(live()), 0) << err_;
  EXPECT_EQ(summary()["escrows"]["ready"], 6);
  EXPECT_EQ(summary()["world"], "live");
  // The same seed on the same fleet: other wallet names.
  EXPECT_EQ(escrowstorm(live()), 0) << err_;
  EXPECT_EQ(summary()["escrows"]["ready"], 6);
}

TEST_F(Live, MainnetIsRefused) {
  const auto mock = start_mock({});
  EXPECT_EQ(escrowstorm(live()), 6);
  EXPECT_THAT(err_, AllOf(HasSubstr("is on mainnet"), HasSubstr("--allow-mainnet")));
  EXPECT_EQ(complaints(), 9) << err_;
  EXPECT_EQ(escrowstorm(live({"--allow-mainnet"})), 0) << err_;
}

TEST_F(Live, WhatCannotBeReachedIsNamed) {
  RandomStream random(2);
  const sim::LoopbackPorts silent(3, random);  // kept, but nobody listens
  for (std::size_t i = 0; i < silent.size(); ++i) know(silent[i]);
  EXPECT_EQ(escrowstorm(live()), 6);
  EXPECT_EQ(complaints(), 3) << err_;
  EXPECT_THAT(err_, HasSubstr(urls_[1].substr(7) + ": get_version: refused"));
}

// Its escrows wait for it to come back, and the run for one of them to end.
TEST_F(Live, AFleetThatDiesInTheMiddleLeavesItsEscrowsUnfinished) {
  const auto mock = start_mock({"--stagenet", "--latency", fast_profile(), "--cores", "1"});
  const auto program =
      start_escrowstorm(live({"--set", "calm.at=1s", "--set", "calm.within=3s"}, "60"));
  ASSERT_TRUE(events_are_written()) << program->err();
  mock->signal(SIGKILL);
  EXPECT_EQ(program->wait(), 4) << program->err();
  EXPECT_GT(summary()["escrows"]["unfinished"], 0);
  EXPECT_EQ(summary()["verdict"], "fail");
}

// Wallet RPCs that say this version and have no wallet open; any other call gets `error`.
class StrangeWalletRpcs {
 public:
  StrangeWalletRpcs(int count, int version, std::string error = "none")
      : version_(R"({"id":"0","jsonrpc":"2.0","result":{"release":true,"version":)" +
                 std::to_string(version) + "}}"),
        error_(R"({"id":"0","jsonrpc":"2.0","error":{"code":-1,"message":")" + error + R"("}})") {
    for (int i = 0; i < count; ++i) {
      const auto where = server_.listen(
          http::Endpoint{"127.0.0.1", 0},
          [this](http::ServerRequest request) { return answer(this, std::move(request)); });
      ports_.push_back(where.port);
    }
    thread_ = std::thread([this] { loop_.run(); });
  }
  ~StrangeWalletRpcs() {
    loop_.stop();
    thread_.join();
  }

  const std::vector<int>& ports() const { return ports_; }

 private:
  static Awaitable<http::ServerResponse> answer(const StrangeWalletRpcs* self,
                                                http::ServerRequest request) {
    const auto asks = [&request](std::string_view method) {
      return request.body.find(method) != std::string::npos;
    };
    http::ServerResponse response;
    response.body = self->error_;
    if (asks("get_version")) response.body = self->version_;
    if (asks("get_address")) response.body = no_wallet;
    co_return response;
  }

  static constexpr std::string_view no_wallet =
      R"({"id":"0","jsonrpc":"2.0","error":{"code":-13,"message":"No wallet file"}})";

  std::string version_;
  std::string error_;
  boost::asio::io_context loop_;
  http::Server server_{loop_.get_executor(), http::ServerLimits()};
  std::vector<int> ports_;
  std::thread thread_;
};

TEST_F(Live, AnUnknownVersionIsRefused) {
  const StrangeWalletRpcs fleet(3, 131072);
  for (const int port : fleet.ports()) know(port);
  EXPECT_EQ(escrowstorm(live()), 6);
  EXPECT_EQ(complaints(), 3) << err_;
  EXPECT_THAT(err_, AllOf(HasSubstr("131072"), HasSubstr("--allow-unknown-version")));
}

TEST_F(Live, AnErrorThatIsNoTextIsInTheSummary) {
  const StrangeWalletRpcs fleet(3, 65561, "no \xff");
  for (const int port : fleet.ports()) know(port);
  EXPECT_EQ(escrowstorm(live({"--allow-mainnet"}, "1")), 3) << err_;
  EXPECT_THAT(out_, HasSubstr("create_wallet on instance"));
  EXPECT_EQ(summary()["errors"][0]["message"], "no \xef\xbf\xbd");
}

TEST_F(Live, AnOpenWalletIsNotPushedOut) {
  const auto mock = start_mock({"--stagenet"});
  open_a_wallet(urls_[4]);
  EXPECT_EQ(escrowstorm(live()), 6);
  EXPECT_EQ(complaints(), 1) << err_;
  EXPECT_THAT(err_, HasSubstr(urls_[4].substr(7) + ": has a wallet open"));
}

}  // namespace
}  // namespace escrowstorm::e2e
