// mock-wallet-rpc as a monerod: its port, what is said about it, and what the wallets see of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <charconv>
#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/mockrpc/binary_client.hpp"
#include "tests/mockrpc/binary_process.hpp"

namespace escrowstorm::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;

const std::string program = std::string(ESCROWSTORM_BIN_DIR) + "/mock-wallet-rpc";

http::Endpoint endpoint_in(const std::string& line) {
  http::Endpoint endpoint{"127.0.0.1", 0};
  const std::size_t at = line.rfind(':') + 1;
  std::from_chars(line.data() + at, line.data() + line.size(), endpoint.port);
  return endpoint;
}

TEST(MockDaemonRpc, MinesBlocks) {
  BinaryProcess process(program, {"--rpc-bind-port", "0", "--daemon-rpc-port", "0"});
  const std::string first = process.read_line();
  EXPECT_THAT(first, MatchesRegex("mock-wallet-rpc: monerod 0.18.5.1 \\(regtest\\) listens on "
                                  "127.0.0.1:[0-9]+"));
  BinaryClient wallet(endpoint_in(process.read_line()));
  wallet.call("create_wallet", {{"filename", "w"}, {"language", "English"}});
  const auto address = wallet.call("get_address")["result"]["address"];

  BinaryClient daemon(endpoint_in(first));
  const auto generated =
      daemon.call("generateblocks", {{"wallet_address", address}, {"amount_of_blocks", 3}});
  EXPECT_EQ(generated["result"]["height"], 3);
  EXPECT_THAT(daemon.post("/get_height", "").body, HasSubstr("\"height\": 4,"));
  const auto header = daemon.call("get_last_block_header")["result"]["block_header"];
  EXPECT_GT(header["timestamp"], 1'700'000'000);  // the wall clock's
  process.send(SIGTERM);
  EXPECT_EQ(process.wait(), 0);
}

// On a chain that has 13 outputs to hide among.
nlohmann::json transfer_on_a_short_chain(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--rpc-bind-port", "0", "--daemon-rpc-port", "0"});
  BinaryProcess process(program, std::move(arguments));
  BinaryClient daemon(endpoint_in(process.read_line()));
  BinaryClient wallet(endpoint_in(process.read_line()));
  wallet.call("create_wallet", {{"filename", "w"}, {"language", "English"}});
  const auto address = wallet.call("get_address")["result"]["address"];
  daemon.call("generateblocks", {{"wallet_address", address}, {"amount_of_blocks", 73}});
  wallet.call("refresh");
  const nlohmann::json destination = {{"address", address}, {"amount", 1'000'000'000'000}};
  return wallet.call("transfer", {{"destinations", nlohmann::json::array({destination})}});
}

TEST(MockDaemonRpc, RefusesASmallerRingOnlyWhenToldTo) {
  const auto refused = transfer_on_a_short_chain({"--enforce-ring-size"});
  EXPECT_EQ(refused["error"]["message"], "not enough outputs to use Please use sweep_dust.");
  const auto sent = transfer_on_a_short_chain({});
  EXPECT_EQ(sent["result"]["amount"], 1'000'000'000'000) << sent;
}

TEST(MockDaemonRpc, SaysWhichPortIsTaken) {
  BinaryProcess first(program, {"--rpc-bind-port", "0", "--daemon-rpc-port", "0"});
  const std::string port = std::to_string(endpoint_in(first.read_line()).port);
  BinaryProcess second(program, {"--rpc-bind-port", "0", "--daemon-rpc-port", port});
  EXPECT_EQ(second.wait(), 6);
  EXPECT_THAT(second.stderr_text(), AllOf(HasSubstr("127.0.0.1:" + port), HasSubstr("in use"),
                                          HasSubstr("--daemon-rpc-port")));
}

TEST(MockDaemonRpc, IsNotOnThePortOfAnInstance) {
  for (const char* port : {"28083", "28085"}) {
    BinaryProcess process(
        program, {"--instances", "3", "--rpc-bind-port", "28083", "--daemon-rpc-port", port});
    EXPECT_EQ(process.wait(), 2);
    EXPECT_THAT(process.stderr_text(), AllOf(HasSubstr("--daemon-rpc-port"), HasSubstr(port),
                                             HasSubstr("28083 to 28085")));
  }
  BinaryProcess too_high(program, {"--daemon-rpc-port", "65536"});
  EXPECT_EQ(too_high.wait(), 2);
}

}  // namespace
}  // namespace escrowstorm::test
