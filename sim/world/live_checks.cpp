#include "sim/world/live_checks.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>

#include "base/rethrow.hpp"
#include "sim/world/inquiry.hpp"
#include "sim/world/wallet_rpc_versions.hpp"

namespace escrowstorm::sim {
namespace {

// So that the checks of a large fleet on one machine do not run each other out of time.
constexpr std::size_t checks_at_once = 16;

// The first character tells: the prefixes 18, 19 and 42 of mainnet give '4' and '8'.
bool on_mainnet(const std::string& address) {
  return address.starts_with('4') || address.starts_with('8');
}

}  // namespace

LiveChecks::LiveChecks(Executor executor, Clock& clock, Transport& transport,
                       std::vector<std::string> names, LiveCheckOptions options)
    : executor_(std::move(executor)),
      clock_(clock),
      transport_(transport),
      names_(std::move(names)),
      options_(std::move(options)),
      complaint_(names_.size()) {}

Awaitable<std::vector<std::string>> LiveChecks::complaints() {
  co_await check_all(&LiveChecks::check_instance);
  std::vector<std::string> all = found();
  if (all.empty()) say(std::to_string(names_.size()) + " wallet RPCs answer");
  if (!all.empty() || options_.allow_mainnet) co_return all;
  say("asking which network they are on");
  makes_wallets_ = true;
  co_await check_all(&LiveChecks::check_network);
  makes_wallets_ = false;
  co_return found();
}

std::vector<std::string> LiveChecks::found() const {
  std::vector<std::string> all;
  std::ranges::copy_if(complaint_, std::back_inserter(all),
                       [](const std::string& c) { return !c.empty(); });
  return all;
}

void LiveChecks::say(const std::string& line) const {
  if (options_.say) options_.say(line);
}

Awaitable<void> LiveChecks::check_all(Check check) {
  next_ = 0;
  workers_ = std::min(checks_at_once, names_.size());
  for (std::size_t i = workers_; i > 0; --i) {
    boost::asio::co_spawn(executor_, check_next_ones(check), rethrow);
  }
  while (workers_ > 0) co_await done_.wait();
}

Awaitable<void> LiveChecks::check_next_ones(Check check) {
  while (next_ < names_.size()) {
    const InstanceId instance = next_++;
    std::string complaint = co_await (this->*check)(instance);
    if (!complaint.empty()) complaint_[instance] = names_[instance] + ": " + complaint;
  }
  if (--workers_ == 0) done_.wake_all();
}

Awaitable<CallResult<walletrpc::Answer>> LiveChecks::ask(InstanceId instance,
                                                         walletrpc::Request request) {
  const TimePoint deadline = clock_.now() + answer_time_max;
  co_return co_await transport_.call(instance, std::move(request), std::nullopt, deadline);
}

Awaitable<std::string> LiveChecks::check_instance(InstanceId instance) {
  walletrpc::Request get_version = walletrpc::GetVersion();
  const auto answered = co_await ask(instance, std::move(get_version));
  if (!answered) {
    co_return "get_version: " + in_words(answered.error()) + "; is monero-wallet-rpc there?";
  }
  const auto version = get<walletrpc::AnswerTo<walletrpc::GetVersion>>(*answered).value.version;
  if (!monero_releases(version) && !options_.allow_unknown_version) {
    co_return "its version " + std::to_string(version) +
        " is not known here; --allow-unknown-version tries it all the same";
  }
  walletrpc::Request get_address = walletrpc::GetAddress();
  const auto open = co_await ask(instance, std::move(get_address));
  if (open) {
    co_return "has a wallet open, which " + std::string(options_.pushing_out) +
        " would push out; close_wallet first";
  }
  if (!no_wallet_open(open.error())) co_return "get_address: " + in_words(open.error());
  co_return std::string();
}

Awaitable<std::string> LiveChecks::check_network(InstanceId instance) {
  walletrpc::CreateWallet nameless;
  nameless.language = "English";
  walletrpc::Request create = std::move(nameless);
  const auto created = co_await ask(instance, std::move(create));
  if (!created) co_return "create_wallet: " + in_words(created.error());

  walletrpc::Request get_address = walletrpc::GetAddress();
  const auto shown = co_await ask(instance, std::move(get_address));

  walletrpc::CloseWallet without_saving;
  without_saving.autosave_current = false;
  walletrpc::Request close = without_saving;
  const auto closed = co_await ask(instance, std::move(close));

  if (!shown) co_return "get_address: " + in_words(shown.error());
  if (!closed) co_return "close_wallet: " + in_words(closed.error());
  const auto& answer = get<walletrpc::AnswerTo<walletrpc::GetAddress>>(*shown).value;
  if (!on_mainnet(answer.address)) co_return std::string();
  co_return "is on mainnet (or regtest, which looks the same); --allow-mainnet tries it all the same";
}

}  // namespace escrowstorm::sim
