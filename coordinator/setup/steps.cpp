#include "coordinator/setup/steps.hpp"

#include <algorithm>
#include <cassert>
#include <cstdlib>

#include "coordinator/setup/round_copies.hpp"
#include "coordinator/setup/wallet_name.hpp"

namespace escrowstorm::coordinator {
namespace {

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

namespace {

// What a wallet takes that goes on in a copy of its files.
void add_opening(Phase phase, const SetupPolicy& policy, Steps& steps) {
  steps.add(Step::open_wallet);
  if (policy.verify_wallet) steps.add(Step::get_label);
  if (phase == Phase::make) steps.add(Step::prepare_again);
}

void add_prepare(const SetupPolicy& policy, Steps& steps) {
  if (policy.multisig_switch == MultisigSwitch::attribute) {
    steps.add({Step::set_switch, Step::prepare_as_is});
    return;
  }
  if (policy.waits.purge_wait > Duration::zero())
    steps.add({Step::look_fresh, Step::close_wallet, Step::purge_wait, Step::open_wallet});
  steps.add(Step::prepare);
}

void add_make(const SetupPolicy& policy, Steps& steps) {
  steps.add(Step::make);
  if (policy.publish_after == PublishAfter::make) steps.add(Step::get_address);
  if (policy.waits.wait_after_make > Duration::zero()) steps.add(Step::wait_after_make);
}

void add_check(const SetupPolicy& policy, Steps& steps) {
  if (policy.reopen_check) return steps.add({Step::is_multisig, Step::get_address});
  if (policy.verify_wallet) steps.add(Step::get_label);
  steps.add({Step::is_multisig, Step::get_address, Step::store});
}

void add_own(Phase phase, const SetupPolicy& policy, Steps& steps) {
  switch (phase) {
    case Phase::create:
      return steps.add(Step::create_wallet);
    case Phase::label:
      return steps.add({Step::set_label, Step::store});
    case Phase::verify:
      return steps.add(Step::get_label);
    case Phase::prepare:
      return add_prepare(policy, steps);
    case Phase::make:
      return add_make(policy, steps);
    case Phase::exchange_1:
    case Phase::exchange_2:
      return steps.add(Step::exchange);
    case Phase::check:
      return add_check(policy, steps);
    case Phase::reopen:
      return steps.add({Step::close_wallet, Step::open_wallet, Step::get_label, Step::is_multisig,
                        Step::get_address});
    case Phase::close:
      return steps.add(Step::close_wallet);
    case Phase::publish:
    case Phase::ready:
    case Phase::funded:
    case Phase::decided:
    case Phase::signed_:
    case Phase::submitted:
    case Phase::closed:
    case Phase::failed:
      return;
  }
}

}  // namespace

Steps steps_of(Phase phase, const SetupPolicy& policy, bool in_copies) {
  Steps steps;
  if (in_copies) add_opening(phase, policy, steps);
  add_own(phase, policy, steps);
  if (policy.persistence == Persistence::copy_per_round && copies_for_after(phase)) {
    // After label it is saved already.
    if (phase != Phase::label) steps.add(Step::store);
    steps.add(Step::keep_copy);
  }
  return steps;
}

walletrpc::Request request_for(Step step, Role role, const EscrowRecord& record, bool sort_infos) {
  const std::string& wallet = record.wallets[index_of(role)];
  const std::string& password = record.passwords[index_of(role)];
  switch (step) {
    case Step::create_wallet:
      return walletrpc::CreateWallet{
          .filename = wallet, .password = password, .language = "English"};
    case Step::set_label:
      return walletrpc::SetAttribute{.key = std::string(wallet_label_key),
                                     .value = std::string(wallet_of_file(wallet))};
    case Step::store:
      return walletrpc::Store();
    case Step::get_label:
      return walletrpc::GetAttribute{.key = std::string(wallet_label_key)};
    case Step::prepare:
    case Step::prepare_again:
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
    case Step::keep_copy:
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
    case Step::prepare_again:
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
    case Step::keep_copy:
      break;
  }
  std::abort();  // no such step
}

std::size_t message_round(Phase phase) {
  assert(phase >= Phase::prepare && phase <= Phase::exchange_2);
  return static_cast<std::size_t>(phase) - static_cast<std::size_t>(Phase::prepare);
}

}  // namespace escrowstorm::coordinator
