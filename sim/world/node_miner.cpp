#include "sim/world/node_miner.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/http/client.hpp"
#include "sim/report/wording.hpp"
#include "sim/world/inquiry.hpp"

namespace escrowstorm::sim {
namespace {

using nlohmann::json;

// A block is some 50 ms of work; a request of many would hold up everything else it is asked.
constexpr std::uint64_t blocks_at_once = 20;
constexpr Duration mining_time_max = std::chrono::minutes(2);
constexpr std::size_t answer_bytes_max = 64 * 1024;

std::string request_for(const std::string& address, std::uint64_t blocks) {
  json request{{"jsonrpc", "2.0"}, {"id", "0"}, {"method", "generateblocks"}};
  request["params"] = {{"amount_of_blocks", blocks}, {"wallet_address", address}};
  return request.dump();
}

// Its height is that of the last block, one less than there are.
BankResult<std::uint64_t> blocks_in(const http::ClientResponse& response) {
  const json answer = json::parse(response.body, nullptr, false);
  const json::json_pointer height("/result/height");
  const json::json_pointer error("/error/message");
  if (answer.contains(height) && answer[height].is_number_unsigned())
    return answer[height].get<std::uint64_t>() + 1;
  if (answer.contains(error) && answer[error].is_string())
    return bank_error("generateblocks: " + printable(answer[error].get<std::string>()));
  return bank_error("generateblocks: monerod's answer can't be read, HTTP status " +
                    std::to_string(response.status));
}

}  // namespace

Awaitable<BankResult<std::uint64_t>> NodeMiner::mine(std::string address, std::uint64_t blocks) {
  http::Connection connection(executor_, clock_, daemon_, answer_bytes_max, access_);
  BankResult<std::uint64_t> height = std::uint64_t(0);
  for (std::uint64_t left = blocks; left > 0 && height;) {
    const std::uint64_t now = std::min(left, blocks_at_once);
    left -= now;
    std::string body = request_for(address, now);
    const TimePoint deadline = clock_.now() + mining_time_max;
    const auto response = co_await connection.post("/json_rpc", std::move(body), deadline);
    if (!response) co_return bank_error("generateblocks: " + in_words(response.error()));
    height = blocks_in(*response);
  }
  co_return height;
}

}  // namespace escrowstorm::sim
