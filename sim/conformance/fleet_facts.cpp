#include "sim/conformance/fleet_facts.hpp"

#include "sim/process/entropy.hpp"
#include "sim/world/inquiry.hpp"
#include "sim/world/regtest_daemon.hpp"

namespace escrowstorm::sim {
namespace {

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
  const auto what = co_await regtest_daemon_complaint(executor_, clock_, *daemon_, access_);
  if (what) complain(*daemon_, *what);
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
