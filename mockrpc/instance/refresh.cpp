// How the open wallet looks at the chain.
#include <algorithm>
#include <array>
#include <charconv>

#include "mockrpc/instance/methods.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

constexpr std::uint32_t default_period_seconds = 20;

std::string_view refresh_cost(const Slot& slot) {
  return slot.wallet->money().outputs.empty() ? "refresh" : "refresh#funded";
}

// 0 when it names none.
std::uint16_t port_of(std::string_view address) {
  const std::size_t colon = address.rfind(':');
  std::uint16_t port = 0;
  if (colon != address.npos)
    std::from_chars(address.data() + colon + 1, address.data() + address.size(), port);
  return port;
}

}  // namespace

Execution run(Slot& slot, const Refresh& request) {
  if (!slot.wallet) return no_wallet_open();
  if (slot.host.offline) return answered<Refresh>({}, refresh_cost(slot));
  if (slot.wallet->chain() == nullptr) return no_daemon();
  const Outcome<RefreshResult> result = slot.wallet->refresh(request.start_height);
  if (!result) return failed(error_code::unknown_error, result.error().text, refresh_cost(slot));
  Refresh::Answer answer;
  answer.blocks_fetched = result->blocks_fetched;
  answer.received_money = result->received_money;
  return answered<Refresh>(std::move(answer), refresh_cost(slot));
}

Execution run(Slot& slot, const AutoRefresh& request) {
  const std::uint32_t period = request.period == 0 ? default_period_seconds : request.period;
  slot.server.auto_refresh_seconds = request.enable ? period : 0;
  return answered<AutoRefresh>({});
}

Execution run(Slot& slot, const RescanBlockchain& request) {
  if (!slot.wallet) return no_wallet_open();
  // The real one forgets first and then finds out.
  if (slot.wallet->chain() == nullptr) {
    slot.wallet->forget_seen(request.hard);
    if (slot.host.offline) return answered<RescanBlockchain>({});
    return no_daemon();
  }
  const Outcome<void> rescanned = slot.wallet->rescan(request.hard);
  if (!rescanned)
    return failed(error_code::unknown_error, rescanned.error().text, refresh_cost(slot));
  return answered<RescanBlockchain>({}, refresh_cost(slot));
}

Execution run(Slot& slot, const RescanSpent&) {
  if (!slot.wallet) return no_wallet_open();
  if (slot.wallet->money().outputs.empty()) return answered<RescanSpent>({});
  if (slot.wallet->chain() == nullptr) return no_daemon();
  slot.wallet->refresh_spent();
  return answered<RescanSpent>({});
}

Execution run(Slot& slot, const ScanTx& request) {
  if (!slot.wallet) return no_wallet_open();
  std::vector<FoundTransaction> all;
  std::vector<Bytes32> hashes;
  for (const std::string& txid : request.txids) {
    const std::optional<Bytes32> hash = parse_hash(txid);
    if (!hash) return failed(error_code::wrong_txid, "TX ID has invalid format");
    hashes.push_back(*hash);
  }
  for (const Bytes32& hash : hashes) {
    std::optional<FoundTransaction> found;
    if (slot.wallet->chain() != nullptr) found = slot.wallet->chain()->find(hash);
    if (!found) return failed(error_code::unknown_error, "Failed to get transaction from daemon");
    all.push_back(std::move(*found));
  }
  slot.wallet->scan(std::move(all));
  return answered<ScanTx>({});
}

Execution run(Slot& slot, const SetDaemon& request) {
  if (!slot.wallet) return no_wallet_open();
  constexpr std::array<std::string_view, 3> modes{"disabled", "enabled", "autodetect"};
  if (std::find(modes.begin(), modes.end(), request.ssl_support) == modes.end())
    return failed(error_code::no_daemon_connection, "Invalid ssl support mode");
  if (request.ssl_support == "enabled" && !request.ssl_allow_any_cert &&
      request.ssl_allowed_fingerprints.empty() && request.ssl_ca_file.empty())
    return failed(error_code::no_daemon_connection,
                  "SSL is enabled but no user certificate or fingerprints were provided");
  const bool reachable = port_of(request.address) == slot.host.daemon_port;
  slot.wallet->set_chain(reachable && !slot.host.offline ? slot.host.chain : nullptr);
  return answered<SetDaemon>({});
}

}  // namespace escrowstorm::mockrpc
