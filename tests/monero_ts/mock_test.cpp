// The mock passes the same scripts as the real wallet RPC, as either version.
#include <gtest/gtest.h>

#include <charconv>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/monero_ts/monero_ts.hpp"

namespace escrowstorm::e2e {
namespace {

// The ports at the end of "... on 127.0.0.1:18083-18085,20000", each of them.
std::vector<std::string> ports_of(std::string_view line) {
  line.remove_prefix(line.rfind(':') + 1);
  std::vector<std::string> ports;
  const char* at = line.data();
  const char* const end = line.data() + line.size();
  for (bool range = false; at < end; ++at) {
    int port = 0;
    const auto read = std::from_chars(at, end, port);
    if (read.ec != std::errc()) break;
    if (range) {
      for (int between = std::stoi(ports.back()) + 1; between < port; ++between)
        ports.push_back(std::to_string(between));
    }
    ports.push_back(std::to_string(port));
    at = read.ptr;
    range = at < end && *at == '-';
  }
  return ports;
}

class MockMoneroTs : public MoneroTs, public testing::WithParamInterface<const char*> {
 protected:
  // The URLs of so many instances, which have no daemon.
  std::vector<std::string> start_mock(int instances, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"--instances", std::to_string(instances), "--emulate",
                                       GetParam(),    "--rpc-bind-port",         "0"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    mock_ = start("mock-wallet-rpc", std::move(arguments));
    EXPECT_TRUE(mock_->says(") answer")) << mock_->err();
    return urls_after(") answer", mock_->out());
  }

  // The daemon's URL, then those of the instances.
  std::vector<std::string> start_mock_with_daemon(int instances) {
    std::vector<std::string> urls = start_mock(instances, {"--daemon-rpc-port", "0"});
    const std::vector<std::string> daemon = urls_after("listens on ", mock_->out());
    urls.insert(urls.begin(), daemon.begin(), daemon.end());
    return urls;
  }

  void TearDown() override {
    mock_.reset();
    MoneroTs::TearDown();
  }

 private:
  // Of the last line that says `words`.
  static std::vector<std::string> urls_after(std::string_view words, std::string_view said) {
    const std::size_t at = said.rfind(words);
    if (at == said.npos) return {};
    std::vector<std::string> urls;
    for (const std::string& port : ports_of(said.substr(at, said.find('\n', at) - at)))
      urls.push_back("http://127.0.0.1:" + port);
    return urls;
  }

  std::unique_ptr<Program> mock_;
};

TEST_P(MockMoneroTs, SetUp) { passes("setup.js", start_mock(3)); }

TEST_P(MockMoneroTs, LifeOfAnEscrow) { passes("life.js", start_mock_with_daemon(3)); }

TEST_P(MockMoneroTs, Service) { passes("service.js", start_mock_with_daemon(9)); }

TEST_P(MockMoneroTs, Daemon) { passes("daemon.js", start_mock_with_daemon(1)); }

TEST_P(MockMoneroTs, OrdinaryWallet) { passes("customer.js", start_mock_with_daemon(2)); }

TEST_P(MockMoneroTs, Login) {
  std::vector<std::string> arguments = start_mock(1, {"--rpc-login", "me:secret"});
  arguments.insert(arguments.end(), {"me", "secret"});
  passes("login.js", arguments);
}

TEST_P(MockMoneroTs, Tls) {
  const std::string url = start_mock(1, {"--rpc-ssl", "enabled"}).at(0);
  passes("tls.js", {"https" + url.substr(url.find(':'))});
}

INSTANTIATE_TEST_SUITE_P(Version, MockMoneroTs, testing::Values("0.18.0.0", "0.18.5.1"));

}  // namespace
}  // namespace escrowstorm::e2e
