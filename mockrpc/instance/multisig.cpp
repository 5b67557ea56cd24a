// The multisig key exchange.
#include <optional>

#include "mockrpc/instance/multisig_common.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

constexpr std::string_view disabled_text =
    "This wallet is multisig, and multisig is disabled. Multisig is an experimental feature and "
    "may have bugs. Things that could go wrong include: funds sent to a multisig wallet can't be "
    "spent at all, can only be spent with the participation of a malicious group member, or can be "
    "stolen by a malicious group member. You can enable it by running this once in "
    "monero-wallet-cli: set enable-multisig-experimental 1";

Execution already_multisig() {
  return failed(error_code::already_multisig, "This wallet is already multisig");
}

}  // namespace

Execution not_multisig() { return failed(error_code::not_multisig, "This wallet is not multisig"); }

Execution multisig_disabled() { return failed(error_code::disabled, std::string(disabled_text)); }

// What all that comes after the key exchange asks of the wallet first.
std::optional<Execution> refused_unready(const Slot& slot) {
  if (!slot.wallet) return no_wallet_open();
  const MultisigStatus status = slot.wallet->multisig_status();
  if (!status.multisig) return not_multisig();
  if (!status.ready)
    return failed(error_code::not_multisig, "This wallet is multisig, but not yet finalized");
  if (!slot.wallet->multisig_enabled()) return multisig_disabled();
  return std::nullopt;
}

Execution run(Slot& slot, const IsMultisig&) {
  const auto& polluted = slot.server.polluted;
  if (!slot.wallet && !polluted) return no_wallet_open();
  const MultisigStatus status = polluted ? *polluted : slot.wallet->multisig_status();
  IsMultisig::Answer answer;
  answer.multisig = status.multisig;
  answer.ready = status.ready;
  answer.threshold = status.threshold;
  answer.total = status.total;
  return answered<IsMultisig>(std::move(answer));
}

Execution run(Slot& slot, const PrepareMultisig& request) {
  if (slot.server.polluted) return already_multisig();
  if (!slot.wallet) return no_wallet_open();
  if (slot.wallet->multisig_status().multisig) return already_multisig();
  if (request.enable_multisig_experimental) slot.wallet->enable_multisig();
  PrepareMultisig::Answer answer;
  answer.multisig_info = slot.wallet->first_kex_message(slot.random);
  return answered<PrepareMultisig>(std::move(answer));
}

Execution run(Slot& slot, const MakeMultisig& request) {
  if (!slot.wallet) return no_wallet_open();
  if (slot.wallet->multisig_status().multisig) return already_multisig();
  auto made = slot.wallet->make_multisig(request.password, request.multisig_info, request.threshold,
                                         slot.random);
  if (!made) return failed(error_code::unknown_error, made.error().text);
  MakeMultisig::Answer answer;
  answer.address = slot.wallet->address();
  answer.multisig_info = std::move(*made);
  return answered<MakeMultisig>(std::move(answer));
}

// Without a wallet the real one dies of it.
Execution run(Slot& slot, const FinalizeMultisig&) {
  if (!slot.wallet) return no_wallet_open();
  if (slot.wallet->multisig_status().multisig && !slot.wallet->multisig_enabled())
    return multisig_disabled();
  return failed(error_code::none, "");
}

Execution run(Slot& slot, const ExchangeMultisigKeys& request) {
  if (!slot.wallet) return no_wallet_open();
  const MultisigStatus before = slot.wallet->multisig_status();
  if (!before.multisig) return not_multisig();
  if (before.ready && !slot.host.version->finalized_is_kex_error)
    return failed(error_code::already_multisig, "This wallet is multisig, and already finalized");
  if (!slot.wallet->multisig_enabled()) return multisig_disabled();
  if (request.multisig_info.size() + 1 < before.total)
    return failed(error_code::threshold_not_reached, "Needs multisig info from more participants");

  auto exchanged =
      slot.wallet->exchange_multisig_keys(request.password, request.multisig_info, slot.random);
  if (!exchanged)
    return failed(error_code::unknown_error,
                  "Error calling exchange_multisig_info: " + exchanged.error().text);
  const bool ready = slot.wallet->multisig_status().ready;
  ExchangeMultisigKeys::Answer answer;
  if (ready) answer.address = slot.wallet->address();
  answer.multisig_info = std::move(*exchanged);
  return answered<ExchangeMultisigKeys>(
      std::move(answer), ready ? "exchange_multisig_keys#2" : "exchange_multisig_keys#1");
}

}  // namespace escrowstorm::mockrpc
