// The fleet on sockets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <system_error>

#include "base/http/client.hpp"
#include "base/real_clock.hpp"
#include "base/real_loop.hpp"
#include "mockrpc/chain/chain.hpp"
#include "mockrpc/daemon/daemon.hpp"
#include "mockrpc/fleet/fleet.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "tests/base/http/raw_tcp.hpp"
#include "tests/base/http/run_on.hpp"

namespace escrowstorm::mockrpc {
namespace {

namespace test = escrowstorm::test;

using testing::HasSubstr;

class FleetOnSockets : public testing::Test {
 protected:
  ~FleetOnSockets() override { loop_.abandon(); }

  http::ClientResponse post(const http::Endpoint& where, std::string target, std::string body) {
    http::Connection connection(loop_.get_executor(), clock_, where, 1024 * 1024);
    http::ClientResponse response;
    boost::asio::co_spawn(loop_,
                          carry_out(connection, std::move(target), std::move(body), response),
                          boost::asio::detached);
    loop_.restart();
    loop_.run();
    return response;
  }

  std::vector<http::Endpoint> listen(std::uint16_t first_port) {
    return fleet_.listen(server_, http::Endpoint{"127.0.0.1", first_port});
  }

  Awaitable<void> carry_out(http::Connection& connection, std::string target, std::string body,
                            http::ClientResponse& out) {
    const TimePoint deadline = clock_.now() + std::chrono::seconds(20);
    auto result = co_await connection.post(target, std::move(body), deadline);
    EXPECT_TRUE(result.has_value());
    if (result.has_value()) out = std::move(*result);
    loop_.stop();
  }

  RealLoop loop_;
  RealClock clock_{loop_.get_executor()};
  SingleExecutor executors_{loop_.get_executor()};
  Random random_{1};
  MemoryStorage storage_;
  Fleet fleet_{clock_, executors_, random_, storage_,
               FleetOptions{.instances = 3,
                            .version = *find_version("0.18.0.0"),
                            .network = Network::mainnet,
                            .latency = {},
                            .cores = 1}};
  http::Server server_{loop_.get_executor(), http::ServerLimits{}};
};

TEST_F(FleetOnSockets, EachInstanceHasAPortAndAWallet) {
  const auto endpoints = listen(0);
  ASSERT_EQ(endpoints.size(), 3u);
  const std::string create =
      R"({"id":"0","method":"create_wallet","params":{"filename":"w","language":"English"}})";
  const std::string is_multisig = R"({"id":"0","method":"is_multisig"})";
  EXPECT_THAT(post(endpoints[1], "/json_rpc", create).body, HasSubstr("\"result\""));
  EXPECT_THAT(post(endpoints[0], "/json_rpc", is_multisig).body, HasSubstr("-13"));
  EXPECT_THAT(post(endpoints[1], "/json_rpc", is_multisig).body, HasSubstr("\"multisig\": false"));
}

TEST_F(FleetOnSockets, ServesJsonRpcOnly) {
  const auto endpoints = listen(0);
  const http::ClientResponse elsewhere = post(endpoints[0], "/", R"({"method":"get_version"})");
  EXPECT_EQ(elsewhere.status, 404u);
  EXPECT_EQ(elsewhere.body, "");
  const http::ClientResponse empty = post(endpoints[0], "/json_rpc", "");
  EXPECT_EQ(empty.status, 200u);
  EXPECT_THAT(empty.body, HasSubstr("-32600"));
}

// And so does the monerod beside it, whoever made the server.
TEST_F(FleetOnSockets, ReadsHeaderLinesAsItsVersion) {
  const std::string request = "GET /json_rpc HTTP/1.1\r\nno header\r\nConnection: close\r\n\r\n";
  Chain chain(clock_, 1'700'000'000, RandomStream(1));
  for (const Version& version : versions()) {
    FleetOptions options;
    options.instances = 1;
    options.version = version;
    Fleet fleet(clock_, executors_, random_, storage_, options);
    Daemon daemon(chain, version, Network::mainnet);
    http::Server server(loop_.get_executor(), http::ServerLimits{});
    const http::Endpoint any{"127.0.0.1", 0};
    for (const http::Endpoint& at : {fleet.listen(server, any)[0], daemon.listen(server, any)}) {
      const std::string answer =
          test::run_on(loop_, test::raw_exchange(loop_.get_executor(), at, request));
      EXPECT_EQ(answer.empty(), version.strict_header_lines) << version.name;
    }
  }
}

TEST_F(FleetOnSockets, ATakenPortIsNamed) {
  const auto endpoints = listen(0);
  try {
    listen(endpoints[0].port);
    FAIL() << "two listeners on one port";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::address_in_use);
    EXPECT_THAT(error.what(), HasSubstr(endpoints[0].to_string()));
  }
}

TEST_F(FleetOnSockets, APortBeyondTheLastIsRefused) {
  try {
    listen(65'534);
    FAIL() << "three ports from 65534";
  } catch (const std::system_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("65536"));
  }
}

}  // namespace
}  // namespace escrowstorm::mockrpc
