#include "sim/conformance/fleet_facts.hpp"

#include <nlohmann/json.hpp>
#include <variant>

#include "base/http/client.hpp"
#include "sim/conformance/bounded_json.hpp"
#include "sim/process/entropy.hpp"
#include "sim/report/wording.hpp"
#include "sim/world/inquiry.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::size_t answer_bytes_max = 1024 * 1024;

// What is wrong with get_info's answer as that of a regtest monerod; nothing when nothing is.
std::optional<std::string> daemon_complaint(const http::ClientResponse& response) {
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

// DIR of `... file not found "DIR/NAME.keys"`.
std::optional<std::string> folder_in(const std::string& message, const std::string& name) {
  const std::size_t end = message.find("/" + name + ".keys");
  const std::size_t quote = message.rfind('"', end);
  if (end == message.npos || quote == message.npos) return std::nullopt;
  return message.substr(quote + 1, end - quote - 1);
}

}  // namespace

FleetInquiry::FleetInquiry(Executor executor, Clock& clock, std::vector<http::Endpoint> instances,
                           std::optional<http::Endpoint> daemon, http::Access access)
    : executor_(std::move(executor)),
      clock_(clock),
      instances_(std::move(instances)),
      daemon_(std::move(daemon)),
      access_(std::move(access)),
      transport_(executor_, clock_, instances_, http::TransportLimits(), access_) {}

Awaitable<FleetFacts> FleetInquiry::ask() {
  for (InstanceId i = 0; i < instances_.size(); ++i) co_await ask_instance(i);
  if (daemon_) co_await ask_daemon();
  if (facts_.complaints.empty()) co_await ask_wallet_dir();
  co_return std::move(facts_);
}

void FleetInquiry::complain(const http::Endpoint& at, const std::string& what) {
  facts_.complaints.push_back(at.to_string() + ": " + what);
}

Awaitable<CallResult<walletrpc::Answer>> FleetInquiry::call(InstanceId instance,
                                                            walletrpc::Request request) {
  const TimePoint deadline = clock_.now() + answer_time_max;
  co_return co_await transport_.call(instance, std::move(request), std::nullopt, deadline);
}

Awaitable<void> FleetInquiry::ask_instance(InstanceId instance) {
  const http::Endpoint& at = instances_[instance];
  walletrpc::Request get_version = walletrpc::GetVersion();
  const auto answered = co_await call(instance, std::move(get_version));
  if (!answered) {
    complain(at, "get_version: " + in_words(answered.error()) + "; is monero-wallet-rpc there?");
    co_return;
  }
  const auto version = get<walletrpc::AnswerTo<walletrpc::GetVersion>>(*answered).value.version;
  if (instance == 0) facts_.rpc_version = version;
  if (facts_.rpc_version != version) {
    complain(at, "its version is " + std::to_string(version) + ", that of " +
                     instances_.front().to_string() + " " + std::to_string(facts_.rpc_version) +
                     "; transcripts are of one version");
  }
  walletrpc::Request get_address = walletrpc::GetAddress();
  const auto open = co_await call(instance, std::move(get_address));
  if (open) {
    complain(at, "has a wallet open, which playing would push out; close_wallet first");
  } else if (!no_wallet_open(open.error())) {
    complain(at, "get_address: " + in_words(open.error()));
  }
}

Awaitable<void> FleetInquiry::ask_daemon() {
  http::Connection connection(executor_, clock_, *daemon_, answer_bytes_max, access_);
  std::string body = R"({"jsonrpc":"2.0","id":"0","method":"get_info"})";
  const TimePoint deadline = clock_.now() + answer_time_max;
  const auto response = co_await connection.post("/json_rpc", std::move(body), deadline);
  if (!response) {
    complain(*daemon_, "get_info: " + in_words(response.error()) + "; is monerod there?");
  } else if (const auto what = daemon_complaint(*response)) {
    complain(*daemon_, *what + "; --daemon wants the RPC port of a regtest monerod");
  }
}

// What it answers to the opening of a wallet that is not there.
Awaitable<void> FleetInquiry::ask_wallet_dir() {
  const std::string name = "escrowstorm" + unique_id();
  walletrpc::OpenWallet missing;
  missing.filename = name;
  walletrpc::Request open = std::move(missing);
  const auto refused = co_await call(0, std::move(open));
  if (!refused) facts_.wallet_dir = folder_in(refused.error().message, name);
}

}  // namespace escrowstorm::sim
