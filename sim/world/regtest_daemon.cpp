#include "sim/world/regtest_daemon.hpp"

#include <nlohmann/json.hpp>
#include <variant>

#include "base/http/client.hpp"
#include "sim/conformance/bounded_json.hpp"
#include "sim/report/wording.hpp"
#include "sim/world/inquiry.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::size_t info_bytes_max = 1024 * 1024;

// What is wrong with get_info's answer as that of a regtest monerod; nothing when nothing is.
std::optional<std::string> info_complaint(const http::ClientResponse& response) {
  if (response.status != 200) return "get_info: HTTP " + std::to_string(response.status);
  const auto parsed = parse_bounded_json(response.body);
  const auto* answer = std::get_if<nlohmann::json>(&parsed);
  const nlohmann::json none;
  const nlohmann::json result =
      answer && answer->is_object() ? answer->value("result", none) : none;
  const auto network = result.find("nettype");
  if (network == result.end() || !network->is_string()) return "get_info: is no monerod's answer";
  if (*network == "fakechain") return std::nullopt;
  return "is on " + printable(network->get<std::string>());
}

}  // namespace

Awaitable<std::optional<std::string>> regtest_daemon_complaint(Executor executor, Clock& clock,
                                                               http::Endpoint daemon,
                                                               http::Access access) {
  http::Connection connection(std::move(executor), clock, std::move(daemon), info_bytes_max,
                              std::move(access));
  std::string body = R"({"jsonrpc":"2.0","id":"0","method":"get_info"})";
  const TimePoint deadline = clock.now() + answer_time_max;
  const auto response = co_await connection.post("/json_rpc", std::move(body), deadline);
  if (!response) co_return "get_info: " + in_words(response.error()) + "; is monerod there?";
  const auto what = info_complaint(*response);
  if (what) co_return *what + "; --daemon wants the RPC port of a regtest monerod";
  co_return std::nullopt;
}

}  // namespace escrowstorm::sim
