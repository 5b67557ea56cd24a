#include "coordinator/setup/steps.hpp"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <tuple>

#include "coordinator/setup/wallet_name.hpp"

namespace escrowstorm::coordinator {
namespace {

constexpr Step create[] = {Step::create_wallet};
constexpr Step label[] = {Step::set_label, Step::store};
constexpr Step verify[] = {Step::get_label};
constexpr Step prepare[] = {Step::prepare};
constexpr Step purge_and_prepare[] = {Step::look_fresh, Step::close_wallet, Step::purge_wait,
                                      Step::open_wallet, Step::prepare};
constexpr Step switch_and_prepare[] = {Step::set_switch, Step::prepare_as_is};
constexpr Step make[] = {Step::make};
constexpr Step make_and_wait[] = {Step::make, Step::wait_after_make};
constexpr Step make_and_show[] = {Step::make, Step::get_address};
constexpr Step make_show_and_wait[] = {Step::make, Step::get_address, Step::wait_after_make};
constexpr Step exchange[] = {Step::exchange};
constexpr Step check[] = {Step::is_multisig, Step::get_address};
constexpr Step check_and_save[] = {Step::is_multisig, Step::get_address, Step::store};
constexpr Step check_label_and_save[] = {Step::get_label, Step::is_multisig, Step::get_address,
                                         Step::store};
constexpr Step reopen[] = {Step::close_wallet, Step::open_wallet, Step::get_label,
                           Step::is_multisig, Step::get_address};
constexpr Step close[] = {Step::close_wallet};

// What the other two said in the round before this phase's.
std::vector<std::string> messages_for(Role role, const EscrowRecord& record, bool sorted) {
  const std::size_t round = message_round(record.phase) - 1;
  std::vector<std::string> messages;
  for (const Role other : all_roles) {
    if (other != role) messages.push_back(record.messages[index_of(other)][round]);
  }
  if (sorted) std::sort(messages.begin(), messages.end());
  return messages;
}

// The password again in these two: the wallet's keys are saved with the one that is given.
walletrpc::Request make_multisig(Role role, const EscrowRecord& record, bool sort_infos) {
  walletrpc::MakeMultisig request;
  request.multisig_info = messages_for(role, record, sort_infos);
  request.threshold = multisig_threshold;
  request.password = record.passwords[index_of(role)];
  return request;
}

walletrpc::Request exchange_multisig_keys(Role role, const EscrowRecord& record, bool sort_infos) {
  walletrpc::ExchangeMultisigKeys request;
  request.multisig_info = messages_for(role, record, sort_infos);
  request.password = record.passwords[index_of(role)];
  return request;
}

}  // namespace

std::span<const Step> steps_of(Phase phase, const SetupPolicy& policy) {
  const auto& [publish_after, waits] = std::tie(policy.publish_after, policy.waits);
  const bool waits_after_make = waits.wait_after_make > Duration::zero();
  switch (phase) {
    case Phase::create:
      return create;
    case Phase::label:
      return label;
    case Phase::verify:
      return verify;
    case Phase::prepare:
      if (policy.multisig_switch == MultisigSwitch::attribute) return switch_and_prepare;
      if (waits.purge_wait > Duration::zero()) return purge_and_prepare;
      return prepare;
    case Phase::make:
      if (publish_after == PublishAfter::make && waits_after_make) return make_show_and_wait;
      if (publish_after == PublishAfter::make) return make_and_show;
      if (waits_after_make) return make_and_wait;
      return make;
    case Phase::exchange_1:
    case Phase::exchange_2:
      return exchange;
    case Phase::check:
      if (policy.reopen_check) return check;
      if (policy.verify_wallet) return check_label_and_save;
      return check_and_save;
    case Phase::reopen:
      return reopen;
    case Phase::close:
      return close;
    case Phase::publish:
    case Phase::ready:
    case Phase::funded:
    case Phase::decided:
    case Phase::signed_:
    case Phase::submitted:
    case Phase::closed:
    case Phase::failed:
      return {};
  }
  return {};
}

walletrpc::Request request_for(Step step, Role role, const EscrowRecord& record, bool sort_infos) {
  const std::string& wallet = record.wallets[index_of(role)];
  const std::string& password = record.passwords[index_of(role)];
  switch (step) {
    case Step::create_wallet:
      return walletrpc::CreateWallet{
          .filename = wallet, .password = password, .language = "English"};
    case Step::set_label:
      return walletrpc::SetAttribute{.key = std::string(wallet_label_key), .value = wallet};
    case Step::store:
      return walletrpc::Store();
    case Step::get_label:
      return walletrpc::GetAttribute{.key = std::string(wallet_label_key)};
    case Step::prepare:
      return walletrpc::PrepareMultisig{.enable_multisig_experimental = true};
    case Step::set_switch:
      return walletrpc::SetAttribute{.key = "enable-multisig-experimental", .value = "1"};
    case Step::prepare_as_is:
      return walletrpc::PrepareMultisig{.enable_multisig_experimental = false};
    case Step::make:
      return make_multisig(role, record, sort_infos);
    case Step::exchange:
      return exchange_multisig_keys(role, record, sort_infos);
    case Step::is_multisig:
    case Step::look_fresh:
      return walletrpc::IsMultisig();
    case Step::get_address:
      return walletrpc::GetAddress();
    case Step::open_wallet:
      return walletrpc::OpenWallet{
          .filename = wallet, .password = password, .autosave_current = true};
    case Step::close_wallet:
      return walletrpc::CloseWallet();
    case Step::wait_after_make:
    case Step::purge_wait:
      break;
  }
  std::abort();  // no such step
}

std::string_view method_of(Step step) {
  switch (step) {
    case Step::create_wallet:
      return walletrpc::CreateWallet::method;
    case Step::set_label:
    case Step::set_switch:
      return walletrpc::SetAttribute::method;
    case Step::store:
      return walletrpc::Store::method;
    case Step::get_label:
      return walletrpc::GetAttribute::method;
    case Step::prepare:
    case Step::prepare_as_is:
      return walletrpc::PrepareMultisig::method;
    case Step::make:
      return walletrpc::MakeMultisig::method;
    case Step::exchange:
      return walletrpc::ExchangeMultisigKeys::method;
    case Step::is_multisig:
    case Step::look_fresh:
      return walletrpc::IsMultisig::method;
    case Step::get_address:
      return walletrpc::GetAddress::method;
    case Step::open_wallet:
      return walletrpc::OpenWallet::method;
    case Step::close_wallet:
      return walletrpc::CloseWallet::method;
    case Step::wait_after_make:
    case Step::purge_wait:
      break;
  }
  std::abort();  // no such step
}

std::size_t message_round(Phase phase) {
  assert(phase >= Phase::prepare && phase <= Phase::exchange_2);
  return static_cast<std::size_t>(phase) - static_cast<std::size_t>(Phase::prepare);
}

}  // namespace escrowstorm::coordinator
