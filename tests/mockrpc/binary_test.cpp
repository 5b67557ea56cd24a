// The program mock-wallet-rpc from outside: flags, ports, signals, wallet folders.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/mockrpc/binary_client.hpp"
#include "tests/mockrpc/binary_rig.hpp"

namespace escrowstorm::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::MatchesRegex;

// Sends create_wallet "w" and waits for no answer. The client hangs up when the socket goes.
boost::asio::ip::tcp::socket send_create(RealLoop& loop, std::uint16_t port) {
  boost::asio::ip::tcp::socket socket(loop);
  socket.connect({boost::asio::ip::make_address("127.0.0.1"), port});
  const std::string body =
      json{{"id", 0}, {"method", "create_wallet"}, {"params", wallet("w")}}.dump();
  const std::string request =
      "POST /json_rpc HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
      "\r\n\r\n" + body;
  boost::asio::write(socket, boost::asio::buffer(request));
  return socket;
}

TEST(MockWalletRpc, SaysWhereItAnswers) {
  Mock one({"--stagenet"});
  EXPECT_THAT(one.line(), MatchesRegex("mock-wallet-rpc: 1 instance of monero-wallet-rpc 0.18.5.1 "
                                       "\\(stagenet, latency none\\) answers on 127.0.0.1:[0-9]+"));
  Mock three({"--instances", "3", "--latency", "measured", "--emulate", "0.18.0.0"});
  EXPECT_THAT(three.line(),
              MatchesRegex("mock-wallet-rpc: 3 instances of monero-wallet-rpc 0.18.0.0 \\(mainnet, "
                           "latency measured\\) answer on 127.0.0.1:[0-9,-]+"));
  EXPECT_EQ(three.ports().size(), 3u);
}

TEST(MockWalletRpc, TakesConsecutivePorts) {
  // Below the ephemeral ports; another test may have some, so look for three free ones.
  for (int base = 21'000 + ::getpid() % 500 * 10;; base += 10) {
    ASSERT_LT(base, 32'000);
    BinaryProcess process(program, {"--instances", "3", "--rpc-bind-port", std::to_string(base)});
    const std::string line = process.read_line();
    if (line.empty()) continue;
    EXPECT_THAT(line, HasSubstr(":" + std::to_string(base) + "-" + std::to_string(base + 2)));
    for (int i = 0; i < 3; ++i) {
      BinaryClient client(loopback(static_cast<std::uint16_t>(base + i)));
      EXPECT_EQ(client.call("get_version")["result"]["version"], 65567);
    }
    return;
  }
}

TEST(MockWalletRpc, AnswersTheCallsOfEachNetworkAndVersion) {
  Mock mock({"--testnet", "--emulate", "0.18.0.0", "--offline", "--disable-rpc-login"});
  BinaryClient client(mock.at(0));
  EXPECT_EQ(client.call("get_version")["result"]["version"], 65561);
  EXPECT_EQ(client.call("get_address")["error"]["code"], -13);
  EXPECT_EQ(client.call("create_wallet", wallet("w"))["result"], json::object());
  const std::string address = client.call("get_address")["result"]["address"];
  EXPECT_THAT(address, testing::AnyOf(testing::StartsWith("9"), testing::StartsWith("A")));
  EXPECT_EQ(client.call("no_such_method")["error"]["code"], -32601);
  EXPECT_EQ(client.post("/elsewhere", "{}").status, 404u);
  EXPECT_EQ(json::parse(client.post("/json_rpc", "").body)["error"]["code"], -32600);
}

TEST(MockWalletRpc, TheSameSeedMakesTheSameWallets) {
  const auto address = [](const Arguments& arguments) {
    Mock mock(arguments);
    BinaryClient client(mock.at(0));
    client.call("create_wallet", wallet("w"));
    return client.call("get_address")["result"]["address"].get<std::string>();
  };
  EXPECT_EQ(address({"--seed", "5"}), address({"--seed", "5"}));
  EXPECT_NE(address({"--seed", "5"}), address({"--seed", "6"}));
  EXPECT_NE(address({}), address({}));
}

TEST(MockWalletRpc, SaysTheSeedItTookAndThatWalletsAreLost) {
  Mock mock({});
  mock.process().send(SIGTERM);
  mock.process().wait();
  EXPECT_THAT(mock.process().stderr_text(),
              testing::AllOf(HasSubstr("mock-wallet-rpc: seed "),
                             HasSubstr("wallets live in memory and are gone at the end")));
}

TEST(MockWalletRpc, EndsWithZeroOnASignal) {
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    Mock mock({"--instances", "2", "--latency", "measured"});
    mock.process().send(signal);
    EXPECT_EQ(mock.process().wait(), 0);
  }
}

TEST(MockWalletRpc, EndsWithZeroInTheMiddleOfACall) {
  Folder folder;
  std::ofstream(folder / "slow.json")
      << R"({"unit": "ms", "methods": {"create_wallet": {"p50": 3600000}}})";
  Mock mock({"--latency", folder / "slow.json"});
  RealLoop loop;
  const auto waiting = send_create(loop, mock.ports()[0]);
  const auto waiting_behind = send_create(loop, mock.ports()[0]);
  mock.process().send(SIGTERM);
  EXPECT_EQ(mock.process().wait(), 0);
}

TEST(MockWalletRpc, WalletsSurviveARestart) {
  Folder folder;
  const std::string dir = folder / "wallets";  // is made
  std::string address;
  {
    Mock mock({"--wallet-dir", dir});
    BinaryClient client(mock.at(0));
    client.call("create_wallet", wallet("w"));
    address = client.call("get_address")["result"]["address"];
    client.call("set_attribute", {{"key", "k"}, {"value", "v"}});
    EXPECT_EQ(client.call("close_wallet")["result"], json::object());
    mock.process().send(SIGTERM);
    EXPECT_EQ(mock.process().wait(), 0);
  }
  EXPECT_TRUE(std::filesystem::exists(dir + "/w.keys"));
  Mock mock({"--wallet-dir", dir});
  BinaryClient client(mock.at(0));
  EXPECT_EQ(client.call("open_wallet", wallet("w"))["result"], json::object());
  EXPECT_EQ(client.call("get_address")["result"]["address"], address);
  EXPECT_EQ(client.call("get_attribute", {{"key", "k"}})["result"]["value"], "v");
}

TEST(MockWalletRpc, TwoProcessesOnOneFolderExcludeEachOther) {
  Folder folder;
  Mock first({"--wallet-dir", folder.path()});
  Mock second({"--wallet-dir", folder.path()});
  BinaryClient at_first(first.at(0));
  BinaryClient at_second(second.at(0));
  at_first.call("create_wallet", wallet("w"));
  EXPECT_EQ(at_second.call("open_wallet", wallet("w"))["error"]["code"], -1);
  at_first.call("close_wallet");
  EXPECT_EQ(at_second.call("open_wallet", wallet("w"))["result"], json::object());
  EXPECT_EQ(at_first.call("open_wallet", wallet("w"))["error"]["code"], -1);

  second.process().send(SIGKILL);  // a process that ends holds no lock
  second.process().wait();
  EXPECT_EQ(at_first.call("open_wallet", wallet("w"))["result"], json::object());
}

TEST(MockWalletRpc, AFolderThatCannotBeHadIsSaid) {
  Folder folder;
  std::ofstream(folder / "file") << "x";
  for (const std::string& dir : {folder / "missing/deeper", folder / "file", folder / "file/in"}) {
    const Ended ended = run({"--wallet-dir", dir, "--rpc-bind-port", "0"});
    EXPECT_EQ(ended.status, 6);
    EXPECT_THAT(ended.err, testing::StartsWith("mock-wallet-rpc: --wallet-dir: "));
    EXPECT_THAT(ended.err, HasSubstr(dir));
    EXPECT_EQ(lines_in(ended.err), 1u);
  }
}

TEST(MockWalletRpc, ACallWhoseClientHungUpStillRuns) {
  Folder folder;
  std::ofstream(folder / "slow.json")
      << R"({"unit": "ms", "methods": {"create_wallet": {"p50": 30}, "get_version": {"p50": 0}}})";
  Mock mock({"--latency", folder / "slow.json"});
  {
    RealLoop loop;
    send_create(loop, mock.ports()[0]);
  }
  BinaryClient client(mock.at(0));
  client.call("get_version");  // behind it in the queue
  EXPECT_EQ(client.call("create_wallet", wallet("w"))["error"]["code"], -21);
}

// With fewer descriptors allowed than it needs, as long as the hard limit permits it.
TEST(MockWalletRpc, AThousandInstancesListen) {
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
  ASSERT_GT(limit.rlim_max, 2000u) << "the hard limit on descriptors is too low for this test";
  const rlimit low{512, limit.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);
  Mock mock({"--instances", "1000"});
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
  ASSERT_EQ(mock.ports().size(), 1000u);
  for (const std::size_t i : {0u, 499u, 999u}) {
    BinaryClient client(mock.at(i));
    EXPECT_EQ(client.call("create_wallet", wallet(std::to_string(i)))["result"], json::object());
  }
}

}  // namespace
}  // namespace escrowstorm::test
