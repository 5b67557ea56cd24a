// What mock-wallet-rpc says of its command line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/mockrpc/binary_client.hpp"
#include "tests/mockrpc/binary_rig.hpp"

namespace escrowstorm::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::MatchesRegex;

TEST(MockWalletRpc, ATakenPortIsNamedWithTheRemedy) {
  Mock mock({});
  const std::string port = std::to_string(mock.ports()[0]);
  const Ended second = run({"--rpc-bind-port", port, "--seed", "1"});
  EXPECT_EQ(second.status, 6);
  EXPECT_EQ(second.out, "");
  EXPECT_THAT(second.err, testing::AllOf(HasSubstr("127.0.0.1:" + port), HasSubstr("in use"),
                                         HasSubstr("--rpc-bind-port")));
}

TEST(MockWalletRpc, BadUsageIsOneLineThatNamesTheFlag) {
  const std::pair<Arguments, std::string> cases[] = {
      {{"--instances", "0"}, "--instances"},
      {{"--instances", "many"}, "--instances"},
      {{"--instances", "-1"}, "--instances"},
      {{"--instances"}, "--instances"},
      {{"--instances", "3", "--rpc-bind-port", "65534"}, "--instances 3 do not fit"},
      {{"--rpc-bind-port", "70000"}, "--rpc-bind-port: '70000', expected a whole number from 0 to"},
      {{"--rpc-bind-port", "4294967295", "--instances", "2"}, "--rpc-bind-port: '4294967295'"},
      {{"--instances", "0x2"}, "--instances: '0x2', expected a whole number from 1 to 65535"},
      {{"--rpc-max-connections", "-1"}, "--rpc-max-connections: '-1', expected a whole number"},
      {{"--rpc-bind-port", "9000", "--daemon-rpc-port", "9001", "--instances", "2"},
       "--daemon-rpc-port 9001 is the port of an instance"},
      {{"--log-level"}, "--log-level"},
      {{"--hw-device", "trezor"}, "--hw-device is not for the mock"},
      {{"--rpc-bind-ip", "nowhere"}, "--rpc-bind-ip: 'nowhere' is no IP address"},
      {{"--rpc-bind-ip", "0.0.0.0"}, "--confirm-external-bind"},
      {{"--testnet", "--stagenet"}, "--stagenet"},
      {{"--rpc-ssl", "maybe"}, "--rpc-ssl: 'maybe', expected disabled, enabled or autodetect"},
      {{"--rpc-ssl-certificate", "c.pem"},
       "--rpc-ssl-private-key and --rpc-ssl-certificate belong together, give both"},
      {{"--rpc-ssl-certificate", "/no/c.pem", "--rpc-ssl-private-key", "/no/k.pem"},
       "--rpc-ssl-certificate: no certificate can be read from '/no/c.pem'"},
      {{"--rpc-login", "secret"}, "--rpc-login: expected USER:PASSWORD"},
      {{"--rpc-login", "a:b", "--disable-rpc-login"},
       "--rpc-login and --disable-rpc-login exclude each other"},
      {{"--rpc-access-control-origins", "*"}, "--rpc-access-control-origins: needs --rpc-login"},
      {{"--emulate", "0.17.0.0"}, "--emulate: version '0.17.0.0' is not known"},
      {{"--latency", "fast"}, "--latency: latency profile 'fast': no such profile"},
      {{"--latency", "/nowhere/p.json"}, "--latency: latency profile /nowhere/p.json"},
      {{"--cores", "0"}, "--cores"},
      {{"--rpc-bind-port", "-1"}, "--rpc-bind-port"},
      {{"--seed", "x"}, "--seed: 'x', expected a whole number"},
      {{"--seed", "-1"}, "--seed: '-1', expected a whole number"},
      {{"--seed", "18446744073709551616"}, "--seed"},
      {{"--instances", "1", "--instances", "2"}, "--instances"},
      {{"--testnet=maybe"}, "--testnet"},
      {{"--wallet-dir", ""}, "--wallet-dir"},
      {{"--arrivals", ""}, "--arrivals: empty, expected a file"},
      {{"--detach"}, "--detach is not for the mock: the mock stays in the foreground"},
      {{"--wallet-file", "w"}, "--wallet-file is not for the mock"},
      {{"--frobnicate"}, "'--frobnicate' is no flag of it; mock-wallet-rpc --help lists them"},
      {{"stray"}, "'stray'"},
  };
  for (const auto& [arguments, expected] : cases) {
    const Ended ended = run(arguments);
    EXPECT_EQ(ended.status, 2) << expected;
    EXPECT_EQ(ended.out, "") << expected;
    EXPECT_THAT(ended.err, testing::StartsWith("mock-wallet-rpc: "));
    EXPECT_THAT(ended.err, HasSubstr(expected));
    EXPECT_EQ(lines_in(ended.err), 1u) << ended.err;
  }
}

TEST(MockWalletRpc, WritesDownWhenCallsArrive) {
  const Folder folder;
  Mock mock({"--instances", "2", "--seed", "1", "--arrivals", folder / "arrivals"});
  BinaryClient first(mock.at(0));
  BinaryClient second(mock.at(1));
  second.call("get_version");
  first.call("get_height");  // no wallet is open: it arrives all the same
  second.call("no_such_method");
  mock.process().send(SIGTERM);
  EXPECT_EQ(mock.process().wait(), 0);
  std::ifstream in(folder / "arrivals");
  std::int64_t at[2] = {};
  int instance[2] = {};
  std::string method[2];
  for (int i = 0; i < 2; ++i) in >> at[i] >> instance[i] >> method[i];
  EXPECT_THAT(instance, testing::ElementsAre(1, 0));
  EXPECT_THAT(method, testing::ElementsAre("get_version", "get_height"));
  EXPECT_LT(at[0], at[1]);
  EXPECT_FALSE(in >> at[0]) << "what is no call does not count";
}

TEST(MockWalletRpc, AnArrivalsFileThatCannotBeWrittenIsToldBeforeItBegins) {
  const Ended ended = run({"--seed", "1", "--arrivals", "/nowhere/arrivals"});
  EXPECT_EQ(ended.status, 6);
  EXPECT_EQ(ended.out, "");
  EXPECT_THAT(ended.err, HasSubstr("--arrivals: '/nowhere/arrivals' can't be written; see that"));
}

TEST(MockWalletRpc, TakesTheRealOnesFlagsAndSaysWhichItIgnores) {
  Mock mock({"--daemon-address=127.0.0.1:38081",
             "--trusted-daemon",
             "--log-level",
             "2",
             "--log-file",
             "/tmp/never-made.log",
             "--non-interactive",
             "--rpc-ssl",
             "disabled",
             "--daemon-ssl",
             "disabled",
             "--disable-rpc-login",
             "--no-dns",
             "--password",
             "",
             "--max-concurrency",
             "1",
             "--allow-mismatched-daemon-version",
             "--shared-ringdb-dir",
             "/tmp/never-made",
             "--seed",
             "1"});
  mock.process().send(SIGTERM);
  EXPECT_EQ(mock.process().wait(), 0);
  const std::string err = mock.process().stderr_text();
  EXPECT_THAT(err, HasSubstr("mock-wallet-rpc: ignored: --allow-mismatched-daemon-version "
                             "--daemon-address --daemon-ssl --log-file --log-level "
                             "--max-concurrency --no-dns --non-interactive --password "
                             "--shared-ringdb-dir --trusted-daemon\n"));
  EXPECT_FALSE(std::filesystem::exists("/tmp/never-made.log"));
}

// All of 0.18.0.0's --help and 0.18.5.1's that are about what the mock has not.
TEST(MockWalletRpc, KnowsEveryFlagOfTheRealOne) {
  const Ended ended = run({"--bitmessage-address",
                           "x",
                           "--bitmessage-login",
                           "x:y",
                           "--daemon-host",
                           "x",
                           "--daemon-login",
                           "x:y",
                           "--daemon-port",
                           "1",
                           "--daemon-ssl-allow-any-cert",
                           "--daemon-ssl-allow-chained",
                           "--daemon-ssl-allowed-fingerprints",
                           "x",
                           "--daemon-ssl-allowed-fingerprints",
                           "y",
                           "--daemon-ssl-ca-certificates",
                           "x",
                           "--daemon-ssl-certificate",
                           "x",
                           "--daemon-ssl-private-key",
                           "x",
                           "--disable-rpc-ban",
                           "--extra-entropy",
                           "x",
                           "--kdf-rounds",
                           "1",
                           "--max-log-file-size",
                           "1",
                           "--max-log-files",
                           "1",
                           "--no-initial-sync",
                           "--proxy",
                           "x",
                           "--rpc-client-secret-key",
                           "x",
                           "--rpc-response-soft-limit",
                           "1",
                           "--rpc-restricted-bind-ip",
                           "x",
                           "--rpc-restricted-bind-ipv6-address",
                           "x",
                           "--untrusted-daemon",
                           "--emulate",
                           "this one is refused"});
  EXPECT_THAT(ended.err, testing::StartsWith("mock-wallet-rpc: --emulate: version"));
}

// Port 0 is a free one for each: no range that monerod's port could be in. 010 is ten.
TEST(MockWalletRpc, PortsAndNumbersAreTakenAsTheyAreMeant) {
  Mock mock({"--instances", "010", "--daemon-rpc-port", "0", "--cores", "08"});
  EXPECT_THAT(mock.line(), HasSubstr("monerod"));
  EXPECT_THAT(mock.process().read_line(), HasSubstr("10 instances"));
  const Ended ended = run({"--instances", "65535", "--rpc-bind-port", "0", "--daemon-rpc-port", "7",
                           "--emulate", "this one is refused"});
  EXPECT_THAT(ended.err, testing::StartsWith("mock-wallet-rpc: --emulate: version"));
}

TEST(MockWalletRpc, NamesEachWalletThatCannotBeSavedAtTheEnd) {
  Folder folder;
  const std::string dir = folder / "wallets";
  Mock mock({"--wallet-dir", dir, "--instances", "3"});
  for (std::size_t i = 0; i < 3; ++i)
    BinaryClient(mock.at(i)).call("create_wallet", wallet("w" + std::to_string(i)));
  std::filesystem::remove_all(dir);
  mock.process().send(SIGTERM);
  EXPECT_EQ(mock.process().wait(), 1);
  const std::string err = mock.process().stderr_text();
  for (const char* wallet : {"wallet 'w0', open in instance 0,", "wallet 'w1', open in instance 1,",
                             "wallet 'w2', open in instance 2,", "--wallet-dir can be written"})
    EXPECT_THAT(err, HasSubstr(wallet));
}

TEST(MockWalletRpc, HelpAndVersionGoToStdout) {
  const Ended help = run({"--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_EQ(help.err, "");
  for (const char* flag : {"--instances", "--latency", "--cores", "--emulate", "--seed",
                           "--wallet-dir", "--rpc-bind-port", "--daemon-address", "Exit status"})
    EXPECT_THAT(help.out, HasSubstr(flag));
  EXPECT_THAT(help.out, testing::Not(HasSubstr("Ignored")));
  const Ended version = run({"--version"});
  EXPECT_EQ(version.status, 0);
  EXPECT_THAT(version.out, HasSubstr("emulates monero-wallet-rpc 0.18.0.0, 0.18.5.1"));
}

}  // namespace
}  // namespace escrowstorm::test
