#include "coordinator/setup/steps.hpp"

#include <cassert>
#include <cstdlib>

#include "coordinator/setup/wallet_name.hpp"

namespace escrowstorm::coordinator {
namespace {

constexpr Step create[] = {Step::create_wallet};
constexpr Step label[] = {Step::set_label, Step::store};
constexpr Step verify[] = {Step::get_label};
constexpr Step prepare[] = {Step::prepare};
constexpr Step make[] = {Step::make};
constexpr Step make_and_show[] = {Step::make, Step::get_address};
constexpr Step exchange[] = {Step::exchange};
constexpr Step check[] = {Step::is_multisig, Step::get_address};
constexpr Step reopen[] = {Step::close_wallet, Step::open_wallet, Step::get_label,
                           Step::is_multisig, Step::get_address};
constexpr Step close[] = {Step::close_wallet};

// What the other two said in the round before this phase's.
std::vector<std::string> messages_for(Role role, const EscrowRecord& record) {
  const std::size_t round = message_round(record.phase) - 1;
  std::vector<std::string> messages;
  for (const Role other : all_roles) {
    if (other != role) messages.push_back(record.messages[index_of(other)][round]);
  }
  return messages;
}

walletrpc::Request make_multisig(Role role, const EscrowRecord& record) {
  walletrpc::MakeMultisig request;
  request.multisig_info = messages_for(role, record);
  request.threshold = multisig_threshold;
  return request;
}

walletrpc::Request exchange_multisig_keys(Role role, const EscrowRecord& record) {
  walletrpc::ExchangeMultisigKeys request;
  request.multisig_info = messages_for(role, record);
  return request;
}

}  // namespace

std::span<const Step> steps_of(Phase phase, PublishAfter publish_after) {
  switch (phase) {
    case Phase::create:
      return create;
    case Phase::label:
      return label;
    case Phase::verify:
      return verify;
    case Phase::prepare:
      return prepare;
    case Phase::make:
      if (publish_after == PublishAfter::make) return make_and_show;
      return make;
    case Phase::exchange_1:
    case Phase::exchange_2:
      return exchange;
    case Phase::check:
      return check;
    case Phase::reopen:
      return reopen;
    case Phase::close:
      return close;
    case Phase::publish:
    case Phase::ready:
    case Phase::failed:
      return {};
  }
  return {};
}

walletrpc::Request request_for(Step step, Role role, const EscrowRecord& record) {
  const std::string& wallet = record.wallets[index_of(role)];
  switch (step) {
    case Step::create_wallet:
      return walletrpc::CreateWallet{.filename = wallet, .password = "", .language = "English"};
    case Step::set_label:
      return walletrpc::SetAttribute{.key = std::string(wallet_label_key), .value = wallet};
    case Step::store:
      return walletrpc::Store();
    case Step::get_label:
      return walletrpc::GetAttribute{.key = std::string(wallet_label_key)};
    case Step::prepare:
      return walletrpc::PrepareMultisig{.enable_multisig_experimental = true};
    case Step::make:
      return make_multisig(role, record);
    case Step::exchange:
      return exchange_multisig_keys(role, record);
    case Step::is_multisig:
      return walletrpc::IsMultisig();
    case Step::get_address:
      return walletrpc::GetAddress();
    case Step::open_wallet:
      return walletrpc::OpenWallet{.filename = wallet, .password = "", .autosave_current = true};
    case Step::close_wallet:
      return walletrpc::CloseWallet();
  }
  std::abort();  // no such step
}

std::string_view method_of(Step step) {
  switch (step) {
    case Step::create_wallet:
      return walletrpc::CreateWallet::method;
    case Step::set_label:
      return walletrpc::SetAttribute::method;
    case Step::store:
      return walletrpc::Store::method;
    case Step::get_label:
      return walletrpc::GetAttribute::method;
    case Step::prepare:
      return walletrpc::PrepareMultisig::method;
    case Step::make:
      return walletrpc::MakeMultisig::method;
    case Step::exchange:
      return walletrpc::ExchangeMultisigKeys::method;
    case Step::is_multisig:
      return walletrpc::IsMultisig::method;
    case Step::get_address:
      return walletrpc::GetAddress::method;
    case Step::open_wallet:
      return walletrpc::OpenWallet::method;
    case Step::close_wallet:
      return walletrpc::CloseWallet::method;
  }
  std::abort();  // no such step
}

std::size_t message_round(Phase phase) {
  assert(phase >= Phase::prepare && phase <= Phase::exchange_2);
  return static_cast<std::size_t>(phase) - static_cast<std::size_t>(Phase::prepare);
}

}  // namespace escrowstorm::coordinator
