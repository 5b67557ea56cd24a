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

// "... answer on 127.0.0.1:18083-18085,20000": each of these ports.
std::vector<std::string> ports_in(std::string_view line) {
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
  // The URLs of so many instances.
  std::vector<std::string> start_mock(int instances) {
    mock_ = start("mock-wallet-rpc", {"--instances", std::to_string(instances), "--emulate",
                                      GetParam(), "--rpc-bind-port", "0"});
    EXPECT_TRUE(mock_->says("answer on ")) << mock_->err();
    std::vector<std::string> urls;
    for (const std::string& port : ports_in(mock_->out()))
      urls.push_back("http://127.0.0.1:" + port);
    return urls;
  }

  void TearDown() override {
    mock_.reset();
    MoneroTs::TearDown();
  }

 private:
  std::unique_ptr<Program> mock_;
};

TEST_P(MockMoneroTs, SetUp) { passes("setup.js", start_mock(3)); }

INSTANTIATE_TEST_SUITE_P(Version, MockMoneroTs, testing::Values("0.18.0.0", "0.18.5.1"));

}  // namespace
}  // namespace escrowstorm::e2e
