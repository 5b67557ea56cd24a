// The program mock-wallet-rpc from outside: flags, ports, signals, wallet folders.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/mockrpc/binary_client.hpp"
#include "tests/mockrpc/binary_process.hpp"

namespace escrowstorm::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::MatchesRegex;

const std::string program = std::string(ESCROWSTORM_BIN_DIR) + "/mock-wallet-rpc";

using Arguments = std::vector<std::string>;

// A folder of the test's own, removed at its end.
class Folder {
 public:
  Folder() {
    std::string pattern = testing::TempDir() + "/mock-wallet-rpc-XXXXXX";
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("mkdtemp");
    path_ = pattern;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

std::uint16_t port_in(std::string_view text) {
  std::uint16_t port = 0;
  std::from_chars(text.data(), text.data() + text.size(), port);
  return port;
}

// "... on 127.0.0.1:40001-40003,40007": all the ports.
std::vector<std::uint16_t> ports_in(const std::string& line) {
  std::vector<std::uint16_t> ports;
  std::string_view rest = line;
  rest.remove_prefix(std::min(rest.size(), rest.rfind(':') + 1));
  while (!rest.empty()) {
    const std::string_view range = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), range.size() + 1));
    const std::uint16_t first = port_in(range);
    const auto dash = range.find('-');
    const std::uint16_t last = dash == range.npos ? first : port_in(range.substr(dash + 1));
    for (std::uint32_t port = first; port <= last; ++port)
      ports.push_back(static_cast<std::uint16_t>(port));
  }
  return ports;
}

http::Endpoint loopback(std::uint16_t port) { return http::Endpoint{"127.0.0.1", port}; }

// A running mock on free ports.
class Mock {
 public:
  explicit Mock(Arguments arguments) : process_(program, on_free_ports(std::move(arguments))) {
    line_ = process_.read_line();
    ports_ = ports_in(line_);
    if (ports_.empty()) throw std::runtime_error("mock-wallet-rpc did not start");
  }

  BinaryProcess& process() { return process_; }
  const std::string& line() const { return line_; }
  const std::vector<std::uint16_t>& ports() const { return ports_; }
  http::Endpoint at(std::size_t instance) const { return loopback(ports_.at(instance)); }

 private:
  static Arguments on_free_ports(Arguments arguments) {
    arguments.insert(arguments.end(), {"--rpc-bind-port", "0"});
    return arguments;
  }

  BinaryProcess process_;
  std::string line_;
  std::vector<std::uint16_t> ports_;
};

json wallet(const std::string& name) {
  return {{"filename", name}, {"password", "pw"}, {"language", "English"}};
}

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

struct Ended {
  int status;
  std::string out;
  std::string err;
};

Ended run(Arguments arguments) {
  BinaryProcess process(program, std::move(arguments));
  std::string out = process.stdout_text();
  std::string err = process.stderr_text();
  return {process.wait(), std::move(out), std::move(err)};
}

std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
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
  for (const int signal : {SIGTERM, SIGINT}) {
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
