// The program mock-wallet-rpc from outside: login, TLS, and descriptors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/mockrpc/binary_client.hpp"
#include "tests/mockrpc/binary_process.hpp"

namespace escrowstorm::test {
namespace {

// One instance on a free port.
class OneMock {
 public:
  explicit OneMock(std::vector<std::string> flags)
      : process_(std::string(ESCROWSTORM_BIN_DIR) + "/mock-wallet-rpc",
                 with_port(std::move(flags))) {
    const std::string line = process_.read_line();
    const std::size_t port = line.rfind(':') + 1;
    endpoint_.host = "127.0.0.1";
    std::from_chars(line.data() + port, line.data() + line.size(), endpoint_.port);
  }

  http::Endpoint endpoint(bool tls = false) const {
    http::Endpoint endpoint = endpoint_;
    endpoint.tls = tls;
    return endpoint;
  }
  pid_t pid() const { return process_.pid(); }

 private:
  static std::vector<std::string> with_port(std::vector<std::string> flags) {
    flags.insert(flags.end(), {"--rpc-bind-port", "0", "--seed", "1"});
    return flags;
  }

  BinaryProcess process_;
  http::Endpoint endpoint_;
};

std::string version_of(BinaryClient&& client) {
  return client.call("get_version")["result"]["version"].dump();
}

TEST(MockWalletRpcWire, OnePortSpeaksPlainHttpAndTls) {
  OneMock mock({});
  EXPECT_EQ(version_of(BinaryClient(mock.endpoint(false))), "65567");
  EXPECT_EQ(version_of(BinaryClient(mock.endpoint(true))), "65567");
}

TEST(MockWalletRpcWire, TlsMayBeOffOrAllThereIs) {
  OneMock off({"--rpc-ssl", "disabled"});
  EXPECT_THROW(version_of(BinaryClient(off.endpoint(true))), std::runtime_error);
  EXPECT_EQ(version_of(BinaryClient(off.endpoint(false))), "65567");
  OneMock only({"--rpc-ssl", "enabled"});
  EXPECT_THROW(version_of(BinaryClient(only.endpoint(false))), std::runtime_error);
  EXPECT_EQ(version_of(BinaryClient(only.endpoint(true))), "65567");
}

TEST(MockWalletRpcWire, ACertificateOfOnesOwn) {
  const std::string data = std::string(ESCROWSTORM_SOURCE_DIR) + "/tests/data/tls/";
  OneMock mock({"--rpc-ssl-certificate", data + "one.certificate.pem", "--rpc-ssl-private-key",
                data + "one.key.pem"});
  http::Access access;
  access.trust =
      std::get<std::shared_ptr<http::TlsTrust>>(http::TlsTrust::file(data + "one.certificate.pem"));
  EXPECT_EQ(version_of(BinaryClient(mock.endpoint(true), access)), "65567");
  access.trust = http::TlsTrust::authorities();
  EXPECT_THROW(version_of(BinaryClient(mock.endpoint(true), access)), std::runtime_error);
}

TEST(MockWalletRpcWire, ALoginIsAskedFor) {
  OneMock mock({"--rpc-login", "user:pass"});
  http::Access access;
  access.login = http::Login{"user", "pass"};
  EXPECT_EQ(version_of(BinaryClient(mock.endpoint(), access)), "65567");
  EXPECT_EQ(version_of(BinaryClient(mock.endpoint(true), access)), "65567");
  access.login->password = "other";
  EXPECT_EQ(BinaryClient(mock.endpoint(), access).post("/json_rpc", "{}").status, 401u);
}

// Machines that allow FIPS only: a login that can't be checked is none.
TEST(MockWalletRpcWire, WithoutMd5NoLoginIsPromised) {
  const auto config =
      std::filesystem::temp_directory_path() / ("fips-" + std::to_string(::getpid()) + ".cnf");
  std::ofstream(config) << "openssl_conf = init\n[init]\nalg_section = algorithms\n"
                           "[algorithms]\ndefault_properties = fips=yes\n";
  BinaryProcess mock("/usr/bin/env", {"OPENSSL_CONF=" + config.string(),
                                      std::string(ESCROWSTORM_BIN_DIR) + "/mock-wallet-rpc",
                                      "--rpc-login", "user:pass", "--rpc-bind-port", "0"});
  EXPECT_EQ(mock.read_line(), "");
  EXPECT_THAT(mock.stderr_text(), testing::MatchesRegex("mock-wallet-rpc: --rpc-login: [^\n]+\n"));
  EXPECT_EQ(mock.wait(), 2);
  std::filesystem::remove(config);
}

TEST(MockWalletRpcWire, ConnectionLimitsAreKeptWhenAskedFor) {
  OneMock mock({"--rpc-max-connections-per-private-ip", "1"});
  BinaryClient first(mock.endpoint());
  EXPECT_EQ(first.call("get_version")["result"]["release"], true);
  EXPECT_THROW(version_of(BinaryClient(mock.endpoint())), std::runtime_error);
  EXPECT_EQ(first.call("get_version")["result"]["release"], true);
}

// The kernel lets all of them in; the mock has no descriptor for the last ones until others go.
TEST(MockWalletRpcWire, RunningOutOfDescriptorsPasses) {
  OneMock mock({});
  constexpr rlim_t few = 24;
  const rlimit low{few, few};
  ASSERT_EQ(::prlimit(mock.pid(), RLIMIT_NOFILE, &low, nullptr), 0);
  const boost::asio::ip::tcp::endpoint address(boost::asio::ip::address_v4::loopback(),
                                               mock.endpoint().port);
  boost::asio::io_context none;
  std::vector<boost::asio::ip::tcp::socket> idle;
  for (rlim_t i = 0; i < 2 * few; ++i) idle.emplace_back(none).connect(address);
  idle.clear();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(version_of(BinaryClient(mock.endpoint())), "65567");
}

}  // namespace
}  // namespace escrowstorm::test
