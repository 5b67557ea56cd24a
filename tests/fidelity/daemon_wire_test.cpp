// The recorded bytes of monerod's calls, asked again in their order on a new chain: what the
// recording says, the real one says, and so does the mock. Hashes, times and what hangs on the
// machine stand for those of the other run.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <regex>

#include "base/http/client.hpp"
#include "mockrpc/chain/chain.hpp"
#include "mockrpc/daemon/daemon.hpp"
#include "tests/fidelity/fleets.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::fidelity {
namespace {

using nlohmann::ordered_json;

struct Answered {
  unsigned status = 0;
  std::string body;
};

// Path and body in.
using Ask = std::function<Answered(const std::string&, const std::string&)>;

ordered_json recorded_exchanges() {
  std::ifstream in(std::string(ESCROWSTORM_SOURCE_DIR) + "/tests/data/wire/monerod-0.18.0.0.json");
  return ordered_json::parse(in)["exchanges"];
}

// A character of the recording, U+0000 to U+00FF, stands for a byte of the wire.
std::string recorded_bytes(const std::string& text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    const bool two_bytes = first >= 0x80;  // of UTF-8, for U+0080 to U+00FF
    bytes += two_bytes ? static_cast<char>((first << 6) | (text[++i] & 0x3F)) : text[i];
  }
  return bytes;
}

// The hash of block N ("@HN@") or of its coinbase ("@MN@"), as it is here and now.
std::string with_hashes(std::string text, const Ask& ask) {
  static const std::regex placeholder("@([HM])([0-9]+)@");
  std::smatch found;
  while (std::regex_search(text, found, placeholder)) {
    const std::string body =
        ask("/json_rpc", R"({"method": "get_block", "params": {"height": )" + found[2].str() + "}}")
            .body;
    const auto block = nlohmann::json::parse(body)["result"];
    const std::string hash =
        found[1] == "M" ? block["miner_tx_hash"] : block["block_header"]["hash"];
    text = found.prefix().str() + hash + found.suffix().str();
  }
  return text;
}

std::string masked(std::string text) {
  static const std::pair<std::regex, const char*> masks[] = {
      {std::regex("[0-9a-f]{64}"), "HASH"},
      {std::regex(R"re("(blob|as_hex|pruned_as_hex)": "[^"]+")re"), R"("$1": "BYTES")"},
      {std::regex(R"re((timestamp|adjusted_time|start_time)(\\?"): [0-9]+)re"), "$1$2: TIME"},
      {std::regex(R"re((database_size|free_space|rpc_connections_count)": [0-9]+)re"), "$1: N"},
      {std::regex(R"re((extra\\": \[ 1, )[0-9, ]*)re"), "$1BYTES"},
      {std::regex(R"re(view_tag\\": \\"[0-9a-f]{2})re"), "view_tag: TAG"},
  };
  for (const auto& [pattern, mask] : masks) text = std::regex_replace(text, pattern, mask);
  return text;
}

void expect_as_recorded(const Ask& ask) {
  const ordered_json exchanges = recorded_exchanges();
  ASSERT_GT(exchanges.size(), 200U);
  for (const auto& exchange : exchanges) {
    const std::string request = exchange["request"];
    const Answered answered = ask(exchange["path"], with_hashes(recorded_bytes(request), ask));
    const std::string what = exchange["path"].get<std::string>() + " " + request;
    EXPECT_EQ(answered.status, exchange.value("status", 200U)) << what;
    EXPECT_EQ(masked(answered.body), masked(recorded_bytes(exchange["answer"]))) << what;
  }
}

TEST(MockDaemonWire, IsAsRecorded) {
  test::ManualClock clock;
  mockrpc::Chain chain(clock, 1'795'164'457, RandomStream(1));
  const mockrpc::Version version = mockrpc::find_version("0.18.0.0").value();
  const mockrpc::Daemon daemon(chain, version, mockrpc::Network::mainnet);
  expect_as_recorded([&](const std::string& path, const std::string& body) {
    const http::ServerResponse response = daemon.serve(path, body);
    return Answered{response.status, response.body};
  });
}

Awaitable<void> post_into(http::Connection& connection, Clock& clock, std::string path,
                          std::string body, Answered& answered) {
  const TimePoint deadline = clock.now() + std::chrono::seconds(60);
  const auto response = co_await connection.post(path, std::move(body), deadline);
  answered = response ? Answered{response->status, response->body}
                      : Answered{0, "no answer: " + response.error().message};
}

TEST(RealDaemonWire, IsAsRecorded) {
  RealFleet fleet;
  http::Connection connection(fleet.executor(), fleet.clock(), *fleet.daemon(), 1 << 22);
  expect_as_recorded([&](const std::string& path, const std::string& body) {
    Answered answered;
    fleet.run(post_into(connection, fleet.clock(), path, body, answered));
    return answered;
  });
}

}  // namespace
}  // namespace escrowstorm::fidelity
