#include "sim/world/bank_wallet.hpp"

#include "base/walletrpc/request.hpp"

namespace escrowstorm::sim {
namespace {

using namespace walletrpc;

// A wallet that looks at thousands of blocks, on a busy machine.
constexpr Duration answer_time_max = std::chrono::minutes(2);

template <class T>
std::optional<CallError> failure_of(const CallResult<T>& result) {
  if (result) return std::nullopt;
  return result.error();
}

}  // namespace

BankWallet::BankWallet(Transport& transport, Clock& clock)
    : transport_(transport), clock_(clock), refreshed_(std::make_unique<WaitList>()) {}

template <class Method>
Awaitable<CallResult<typename Method::Answer>> BankWallet::ask(Method request) {
  const TimePoint deadline = clock_.now() + answer_time_max;
  Request any = std::move(request);
  CallResult<Answer> result = co_await transport_.call(0, std::move(any), std::nullopt, deadline);
  if (!result) co_return std::move(result).error();
  co_return get<AnswerTo<Method>>(std::move(*result)).value;
}

Awaitable<std::optional<CallError>> BankWallet::create() {
  CreateWallet create;
  create.filename = "bank";
  create.language = "English";
  const auto created = co_await ask(std::move(create));
  if (!created) co_return created.error();

  // It looks when it is asked to, so that nobody waits for looks that nobody needs.
  AutoRefresh never;
  never.enable = false;
  const auto quiet = co_await ask(std::move(never));
  if (!quiet) co_return quiet.error();

  GetAddress show;
  const auto shown = co_await ask(std::move(show));
  if (!shown) co_return shown.error();
  address_ = shown->address;

  CreateAccount open;
  open.label = "payees";
  const auto opened = co_await ask(std::move(open));
  if (opened) payees_ = opened->account_index;
  co_return failure_of(opened);
}

Awaitable<CallResult<BankWallet::NewAddress>> BankWallet::make_address(std::string label) {
  CreateAddress create;
  create.account_index = payees_;
  create.label = std::move(label);
  const auto created = co_await ask(std::move(create));
  if (!created) co_return created.error();
  NewAddress address;
  address.text = created->address;
  address.index = created->address_index;
  co_return address;
}

Awaitable<std::optional<CallError>> BankWallet::refresh() {
  const std::uint64_t wanted = refreshes_begun_ + 1;
  while (refreshes_ended_ < wanted && refreshes_begun_ > refreshes_ended_)
    co_await refreshed_->wait();
  if (refreshes_ended_ >= wanted) co_return refresh_failed_;

  ++refreshes_begun_;
  Refresh look;
  const auto looked = co_await ask(std::move(look));
  ++refreshes_ended_;
  refresh_failed_ = failure_of(looked);
  refreshed_->wake_all();
  co_return failure_of(looked);
}

Awaitable<CallResult<Amount>> BankWallet::balance(std::uint32_t index) {
  GetBalance ask_balance;
  ask_balance.account_index = payees_;
  ask_balance.address_indices.push_back(index);
  const auto answer = co_await ask(std::move(ask_balance));
  if (!answer) co_return answer.error();
  Amount held;
  for (const GetBalance::PerSubaddress& each : answer->per_subaddress)
    if (each.address_index == index) held = each.balance;
  co_return held;
}

Awaitable<CallResult<std::string>> BankWallet::transfer(
    std::vector<TransferDestination> destinations) {
  Transfer transfer;
  transfer.destinations = std::move(destinations);
  const auto sent = co_await ask(std::move(transfer));
  if (!sent) co_return sent.error();
  co_return sent->tx_hash;
}

void BankWallet::abandon() { refreshed_ = std::make_unique<WaitList>(); }

}  // namespace escrowstorm::sim
