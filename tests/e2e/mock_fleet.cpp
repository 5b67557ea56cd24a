#include "tests/e2e/mock_fleet.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <sstream>

#include "base/http/rpc_transport.hpp"
#include "base/real_clock.hpp"

namespace escrowstorm::e2e {
namespace {

Awaitable<void> create_wallet(Transport& fleet, Clock& clock) {
  walletrpc::CreateWallet somebodys;
  somebodys.filename = "somebodys";
  somebodys.language = "English";
  walletrpc::Request create = somebodys;
  const TimePoint deadline = clock.now() + std::chrono::seconds(10);
  const auto created = co_await fleet.call(0, std::move(create), std::nullopt, deadline);
  EXPECT_TRUE(created.has_value());
}

}  // namespace

std::vector<std::string> announced_urls(const std::string& announced) {
  const std::string before = " on 127.0.0.1:";
  const std::size_t at = announced.find(before, announced.find(" answer"));  // not the daemon's
  std::istringstream list(announced.substr(at + before.size()));
  std::vector<int> ports;
  char separator = ',';
  for (int port = 0; list >> port; list >> separator) {
    for (int next = ports.empty() ? port : ports.back() + 1; separator == '-' && next < port;) {
      ports.push_back(next++);
    }
    ports.push_back(port);
    if (list.peek() == '\n') break;
  }
  std::vector<std::string> urls;
  for (const int port : ports) urls.push_back("http://127.0.0.1:" + std::to_string(port));
  return urls;
}

void open_a_wallet(const std::string& url) {
  boost::asio::io_context loop;
  RealClock clock(loop.get_executor());
  const std::vector<http::Endpoint> endpoint{std::get<http::Endpoint>(http::parse_endpoint(url))};
  http::RpcTransport fleet(loop.get_executor(), clock, endpoint);
  boost::asio::co_spawn(loop, create_wallet(fleet, clock), boost::asio::detached);
  loop.run();
}

}  // namespace escrowstorm::e2e
