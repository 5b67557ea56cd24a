#include "sim/conformance/fleet_facts.hpp"

#include "base/http/client.hpp"
#include "base/walletrpc/error_code.hpp"
#include "sim/process/entropy.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

// An instance may be making a wallet for somebody, or refreshing.
constexpr Duration answer_time_max = std::chrono::seconds(30);
constexpr std::size_t answer_bytes_max = 1024 * 1024;

std::string in_words(const CallError& error) {
  if (error.kind == CallError::Kind::rpc_error)
    return std::to_string(error.code) + " " + printable(error.message);
  return std::string(name_of(error.kind)) + ": " + printable(error.message);
}

bool no_wallet_open(const CallError& error) {
  return error.kind == CallError::Kind::rpc_error &&
         error.code == walletrpc::error_code::no_wallet_file;
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
                           std::optional<http::Endpoint> daemon)
    : executor_(std::move(executor)),
      clock_(clock),
      instances_(std::move(instances)),
      daemon_(std::move(daemon)),
      transport_(executor_, clock_, instances_) {}

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
  co_return co_await transport_.call(instance, std::move(request), deadline);
}

Awaitable<void> FleetInquiry::ask_instance(InstanceId instance) {
  const http::Endpoint& at = instances_[instance];
  walletrpc::Request get_version = walletrpc::GetVersion();
  const auto answered = co_await call(instance, std::move(get_version));
  if (!answered) {
    complain(at, "get_version: " + in_words(answered.error()) + "; is monero-wallet-rpc there?");
    co_return;
  }
  const auto version =
      std::get<walletrpc::AnswerTo<walletrpc::GetVersion>>(*answered).value.version;
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
  http::Connection connection(executor_, clock_, *daemon_, answer_bytes_max);
  std::string body = R"({"jsonrpc":"2.0","id":"0","method":"get_info"})";
  const TimePoint deadline = clock_.now() + answer_time_max;
  const auto response = co_await connection.post("/json_rpc", std::move(body), deadline);
  if (!response) {
    complain(*daemon_, "get_info: " + in_words(response.error()) + "; is monerod there?");
  } else if (response->status != 200) {
    complain(*daemon_, "get_info: HTTP " + std::to_string(response->status) +
                           "; --daemon wants the RPC port of a monerod");
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
