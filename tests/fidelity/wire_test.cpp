// The recorded bytes of requests and answers, sent again: what the recording says, the real one
// says, and so does the mock.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "base/http/client.hpp"
#include "tests/fidelity/fleets.hpp"
#include "tests/fidelity/recorded_bytes.hpp"

namespace escrowstorm::fidelity {
namespace {

using nlohmann::ordered_json;

ordered_json recorded_exchanges() {
  std::ifstream in(std::string(ESCROWSTORM_SOURCE_DIR) + "/tests/data/wire/0.18.0.0.json");
  return ordered_json::parse(in)["exchanges"];
}

// The wallet of the recording is gone: its address stands for that of the new one.
std::string without_address(const std::string& bytes) {
  static const std::regex address("\"4[1-9A-HJ-NP-Za-km-z]{94}\"");
  return std::regex_replace(bytes, address, "\"ADDRESS\"");
}

Awaitable<void> post_into(http::Connection& connection, Clock& clock, std::string body,
                          std::string& answer) {
  const TimePoint deadline = clock.now() + std::chrono::seconds(60);
  const auto response = co_await connection.post("/json_rpc", std::move(body), deadline);
  answer = response ? response->body : "no answer: " + response.error().message;
}

// The recording was made in this order with one wallet open.
void expect_as_recorded(FleetUnderTest& fleet) {
  http::Connection connection(fleet.executor(), fleet.clock(), fleet.instances().front(), 1 << 20);
  std::string answer;
  fleet.run(post_into(
      connection, fleet.clock(),
      R"({"method": "create_wallet", "params": {"filename": "wire", "language": "English"}})",
      answer));
  ASSERT_EQ(answer.find("error"), std::string::npos) << answer;
  const ordered_json exchanges = recorded_exchanges();
  for (const auto& [name, exchange] : exchanges.items()) {
    fleet.run(post_into(connection, fleet.clock(), recorded_bytes(exchange["request"]), answer));
    const std::string recorded = recorded_bytes(exchange["answer"]);
    EXPECT_EQ(without_address(answer), without_address(recorded)) << name;
  }
}

TEST(MockWire, IsAsRecorded) {
  MockFleet fleet("0.18.0.0");
  expect_as_recorded(fleet);
}

TEST(RealWire, IsAsRecorded) {
  RealFleet fleet;
  expect_as_recorded(fleet);
}

}  // namespace
}  // namespace escrowstorm::fidelity
