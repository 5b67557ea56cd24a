// Recorded connections, byte by byte, played again: well-formed requests, odd ones, and what is no
// HTTP or no JSON. What the recording says, the real one says, and so does the mock.
#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/fidelity/fleets.hpp"
#include "tests/fidelity/recorded_bytes.hpp"

namespace escrowstorm::fidelity {
namespace {

namespace asio = boost::asio;
using nlohmann::json;

json recorded_connections() {
  std::ifstream in(std::string(ESCROWSTORM_SOURCE_DIR) + "/tests/data/wire/http-0.18.0.0.json");
  return json::parse(in)["exchanges"];
}

// The recording's date has the length of every other.
std::string undated(const std::string& bytes) {
  static const std::regex date("(Last-Modified: ).{29}(\r\n)");
  return std::regex_replace(bytes, date, "$1Thu, 01 Jan 1970 00:00:00 GMT$2");
}

constexpr auto answer_time_max = std::chrono::seconds(20);

// Sends what was sent and collects as many bytes as came then; the last read is until the end.
Awaitable<void> play(asio::ip::tcp::socket& socket, const json& steps,
                     std::vector<std::string>& answers) {
  boost::system::error_code failed;
  for (const json& step : steps) {
    const std::string sent = recorded_bytes(step["send"]);
    const bool last = &step == &steps.back();
    std::string answer(recorded_bytes(step["answer"]).size(), '\0');
    co_await asio::async_write(socket, asio::buffer(sent),
                               asio::redirect_error(asio::use_awaitable, failed));
    const std::size_t received = co_await asio::async_read(
        socket, asio::buffer(answer), asio::redirect_error(asio::use_awaitable, failed));
    answer.resize(received);
    if (last)
      co_await asio::async_read(socket, asio::dynamic_buffer(answer),
                                asio::redirect_error(asio::use_awaitable, failed));
    answers.push_back(undated(answer));
  }
}

Awaitable<void> connect_and_play(FleetUnderTest& fleet, const json& steps,
                                 std::vector<std::string>& answers) {
  const http::Endpoint server = fleet.instances().front();
  const asio::ip::tcp::endpoint address(asio::ip::make_address(server.host), server.port);
  asio::ip::tcp::socket socket(fleet.executor());
  asio::steady_timer limit(fleet.executor(), answer_time_max);
  limit.async_wait([&socket](boost::system::error_code cancelled) {
    if (!cancelled) socket.close();
  });
  co_await socket.async_connect(address, asio::use_awaitable);
  co_await play(socket, steps, answers);
}

void expect_as_recorded(FleetUnderTest& fleet) {
  const json connections = recorded_connections();
  ASSERT_GT(connections.size(), 250u);
  for (const json& connection : connections) {
    SCOPED_TRACE(connection["name"].get<std::string>());
    const json& steps = connection["steps"];
    std::vector<std::string> answers;
    fleet.run(connect_and_play(fleet, steps, answers));
    ASSERT_EQ(answers.size(), steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i)
      EXPECT_EQ(answers[i], recorded_bytes(steps[i]["answer"])) << "answer " << i;
  }
}

TEST(MockHttp, IsAsRecorded) {
  MockFleet fleet("0.18.0.0");
  expect_as_recorded(fleet);
}

TEST(RealHttp, IsAsRecorded) {
  RealFleet fleet;
  expect_as_recorded(fleet);
}

}  // namespace
}  // namespace escrowstorm::fidelity
