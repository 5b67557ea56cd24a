#include "coordinator/setup/facts.hpp"

#include <algorithm>

#include "base/walletrpc/error_code.hpp"
#include "coordinator/client/error_text.hpp"
#include "coordinator/setup/wallet_name.hpp"

namespace escrowstorm::coordinator {
namespace {

namespace error_code = walletrpc::error_code;

// Errors that a wallet of ours can't give at this step: it is not ours, or none is open.
bool shows_lost_slot(Step step, const CallError& error) {
  if (error.kind != CallError::Kind::rpc_error) return false;
  switch (error.code) {
    case error_code::no_wallet_file:
      return true;
    case error_code::already_multisig:
      return step == Step::prepare || step == Step::make;
    case error_code::not_multisig:
      return step == Step::exchange;
    case error_code::attribute_not_found:
      return step == Step::get_label;
    default:
      return false;
  }
}

template <class Method>
const typename Method::Answer& as(const walletrpc::Answer& answer) {
  return get<walletrpc::AnswerTo<Method>>(answer).value;
}

}  // namespace

bool shows_multisig(const CallResult<walletrpc::Answer>& is_multisig) {
  return is_multisig && as<walletrpc::IsMultisig>(*is_multisig).multisig;
}

bool is_placeholder_address(std::string_view address) {
  return address.starts_with("41fJjQDhryD1111") || address.starts_with("9sCrDesy9LK1111") ||
         address.starts_with("51sLpF8fWaK1111");
}

SetupFacts::SetupFacts(EscrowId escrow, std::uint32_t attempt, std::string wallet_prefix,
                       WalletPasswords passwords)
    : wallet_prefix_(std::move(wallet_prefix)) {
  record.id = escrow;
  record.attempt = attempt;
  for (const Role role : all_roles)
    record.wallets[index_of(role)] = wallet_name(wallet_prefix_, escrow, role, attempt);
  record.passwords = std::move(passwords);
}

std::optional<std::string> SetupFacts::learn(Role role, Step step,
                                             const CallResult<walletrpc::Answer>& result) {
  if (result) return accepted(role, step, *result);
  return refused(role, step, result.error());
}

std::string SetupFacts::refused(Role role, Step step, const CallError& error) {
  if (shows_lost_slot(step, error)) of(role).lost = true;
  if (step == Step::get_label && error.code == error_code::attribute_not_found)
    return expected_wallet(role) + ", met one without a label";
  return place(role, step) + ": " + describe(error);
}

std::optional<std::string> SetupFacts::accepted(Role role, Step step,
                                                const walletrpc::Answer& answer) {
  using namespace walletrpc;
  switch (step) {
    case Step::create_wallet:
    case Step::open_wallet:
      of(role).open = true;
      return std::nullopt;
    case Step::set_label:
    case Step::store:
    case Step::set_switch:
    case Step::look_fresh:
    case Step::prepare_again:
    case Step::wait_after_make:
    case Step::purge_wait:
    case Step::keep_copy:
      return std::nullopt;
    case Step::get_label:
      return check_label(role, as<GetAttribute>(answer).value);
    case Step::prepare:
    case Step::prepare_as_is:
      return keep_message(role, step, as<PrepareMultisig>(answer).multisig_info);
    case Step::make:
      return keep_message(role, step, as<MakeMultisig>(answer).multisig_info);
    case Step::exchange:
      if (record.phase == Phase::exchange_2)
        return finalized(role, as<ExchangeMultisigKeys>(answer));
      return keep_message(role, step, as<ExchangeMultisigKeys>(answer).multisig_info);
    case Step::is_multisig:
      return check_multisig(role, as<IsMultisig>(answer));
    case Step::get_address:
      if (record.phase == Phase::make)
        return shown_after_make(role, as<GetAddress>(answer).address);
      return check_address(role, as<GetAddress>(answer).address);
    case Step::close_wallet:
      of(role).open = false;
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::string> SetupFacts::keep_message(Role role, Step step,
                                                    const std::string& message) {
  if (message.empty()) return place(role, step) + ": answered no multisig info";
  record.messages[index_of(role)][message_round(record.phase)] = message;
  return std::nullopt;
}

std::optional<std::string> SetupFacts::check_label(Role role, const std::string& label) {
  if (label == wallet_of_file(record.wallets[index_of(role)])) {
    of(role).verified = true;
    return std::nullopt;
  }
  of(role).lost = true;
  std::string reason = expected_wallet(role) + ", met " + one_line(label);
  if (const auto other = escrow_of_wallet(wallet_prefix_, label))
    reason += " (of escrow " + std::to_string(*other) + ")";
  return reason;
}

std::optional<std::string> SetupFacts::finalized(
    Role role, const walletrpc::ExchangeMultisigKeys::Answer& answer) {
  const std::string where = place(role, Step::exchange);
  if (answer.address.empty()) return where + ": answered no address";
  if (is_placeholder_address(answer.address))
    return where + ": answered " + shortened(answer.address) + ", a placeholder";
  // The message after the last round only says that the signer is done; nobody needs it.
  record.messages[index_of(role)][message_round(record.phase)] = answer.multisig_info;
  of(role).address = answer.address;
  return std::nullopt;
}

std::optional<std::string> SetupFacts::check_multisig(Role role,
                                                      const walletrpc::IsMultisig::Answer& state) {
  const std::string where = place(role, Step::is_multisig);
  if (!state.multisig) {
    of(role).lost = true;
    return where + ": not multisig";
  }
  if (state.threshold != multisig_threshold || state.total != role_count)
    return where + ": " + std::to_string(state.threshold) + "-of-" + std::to_string(state.total) +
           " instead of 2-of-3";
  if (!state.ready) return where + ": not ready";
  return std::nullopt;
}

std::optional<std::string> SetupFacts::shown_after_make(Role role, const std::string& address) {
  if (address.empty()) return place(role, Step::get_address) + ": answered no address";
  of(role).address = address;
  return std::nullopt;
}

std::optional<std::string> SetupFacts::check_address(Role role, const std::string& address) {
  if (address == of(role).address) return std::nullopt;
  of(role).lost = true;
  return place(role, Step::get_address) + ": " + shortened(address) +
         ", but its exchange answered " + shortened(of(role).address);
}

std::optional<std::string> SetupFacts::disagreement() const {
  const auto agrees = [this](const RoleFacts& role) { return role.address == address(); };
  if (std::all_of(roles_.begin(), roles_.end(), agrees)) return std::nullopt;
  std::string reason = "the wallets disagree on the address:";
  for (const Role role : all_roles) {
    reason += role == Role::buyer ? " " : ", ";
    reason += name_of(role);
    reason += ' ' + shortened(of(role).address);
  }
  return reason;
}

bool SetupFacts::is_own(Role role) const {
  const auto lost = [](const RoleFacts& facts) { return facts.lost; };
  const bool shared = std::any_of(roles_.begin(), roles_.end(), lost);
  const RoleFacts& facts = of(role);
  return facts.open && !facts.lost && (facts.verified || !shared);
}

std::string SetupFacts::place(Role role, Step step) const {
  const std::string_view method = method_of(step);
  const bool at_the_end = step == Step::close_wallet && record.phase != Phase::reopen;
  const std::string_view phase = name_of(at_the_end ? Phase::close : record.phase);
  std::string text(name_of(role));
  text += ": ";
  text += method;
  if (!method.starts_with(phase)) {
    text += " (";
    text += phase;
    text += ')';
  }
  return text + " on instance " + std::to_string(record.instances[index_of(role)]);
}

std::string SetupFacts::expected_wallet(Role role) const {
  std::string text(name_of(role));
  text += ": expected wallet ";
  text += wallet_of_file(record.wallets[index_of(role)]);
  return text + " on instance " + std::to_string(record.instances[index_of(role)]);
}

}  // namespace escrowstorm::coordinator
