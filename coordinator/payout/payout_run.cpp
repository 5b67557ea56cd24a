#include "coordinator/payout/payout_run.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "base/walletrpc/error_code.hpp"
#include "coordinator/client/error_text.hpp"
#include "coordinator/payout/txset_check.hpp"

namespace escrowstorm::coordinator {
namespace {

using namespace walletrpc;

constexpr std::string_view payout_phase = "payout";
constexpr std::string_view confirm_phase = "confirm";
constexpr int tries_max = 8;
constexpr Duration first_pause = std::chrono::milliseconds(500);
constexpr Duration longest_pause = std::chrono::seconds(15);

WorkFailure failure_with(std::string what) {
  WorkFailure failure;
  failure.what = std::move(what);
  return failure;
}

WorkFailure final_failure(std::string what) {
  WorkFailure failure = failure_with(std::move(what));
  failure.final = true;
  return failure;
}

RoleSet both(Signers signers) {
  RoleSet roles = RoleSet::only(signers.creator);
  roles.add(signers.signer);
  return roles;
}

}  // namespace

PayoutRun::PayoutRun(Carrier& carrier, Sessions& sessions, const PayoutOptions& options,
                     Persistence persistence, EscrowRecord& record, Decision decision)
    : carrier_(carrier),
      sessions_(sessions),
      options_(options),
      persistence_(persistence),
      record_(record),
      decision_(decision),
      signers_(signers_of(decision)),
      began_(carrier.clock().now()) {}

Awaitable<std::optional<std::string>> PayoutRun::run() {
  Failure failure;
  if (record_.phase < Phase::signed_)
    failure = co_await until_done(&PayoutRun::make, both(signers_));
  if (!failure && record_.phase < Phase::submitted)
    failure = co_await until_done(&PayoutRun::submit, RoleSet::only(signers_.creator));
  if (!failure) failure = co_await confirm();
  if (failure) co_return std::move(failure->what);
  co_return std::nullopt;
}

// Again and again, with pauses that grow: what is done twice does no harm.
Awaitable<PayoutRun::Failure> PayoutRun::until_done(Work work, RoleSet roles) {
  Duration pause = first_pause;
  for (int tries = 1;; ++tries, pause = std::min(pause * 2, longest_pause)) {
    Failure failure = co_await once(work, roles);
    if (!failure) co_return failure;
    tell(payout_phase, false, failure->what);
    if (failure->final || tries == tries_max) co_return failure;
    co_await carrier_.sleep(record_.id, pause);
  }
}

Awaitable<PayoutRun::Failure> PayoutRun::once(Work work, RoleSet roles) {
  Sessions::Entered entered = co_await sessions_.enter(record_.id, roles);
  if (const auto* failed = std::get_if<std::string>(&entered)) co_return failure_with(*failed);
  OpenWallets wallets = std::get<OpenWallets>(std::move(entered));
  Failure failure = co_await (this->*work)(std::move(wallets));
  if (failure && (failure->unanswered || failure->lost))
    sessions_.give_up(record_.id, failure->unanswered);
  else
    sessions_.leave(record_.id);
  co_return failure;
}

// From the look at the money to the signed txset.
Awaitable<PayoutRun::Failure> PayoutRun::make(OpenWallets wallets) {
  if (record_.payout.txset.empty()) {
    WalletWork work(carrier_, wallets, payout_phase);
    Failure failure = co_await work.refresh(both(signers_));
    if (!failure) failure = co_await decide(work);
    if (!failure) failure = co_await work.sync_pair(signers_.creator, signers_.signer);
    if (!failure) failure = co_await sign(work);
    if (failure) co_return failure;
  }
  Failure failure = co_await reach(Phase::signed_);
  co_return failure;
}

Awaitable<PayoutRun::Failure> PayoutRun::decide(WalletWork& work) {
  GetBalance request;
  const WorkResult<GetBalance::Answer> held =
      co_await work.ask(signers_.creator, std::move(request));
  if (!held) co_return held.error();
  const Amount price = record_.terms.price;
  if (held->unlocked_balance < price || price == Amount())
    co_return final_failure(std::to_string(held->unlocked_balance.atomic()) +
                            " atomic units can be spent, the price is " +
                            std::to_string(price.atomic()));
  Failure failure;
  if (record_.phase >= Phase::decided) co_return failure;
  record_.payout.decision = decision_;
  failure = co_await reach(Phase::decided);
  co_return failure;
}

// All that can be spent goes to the payee: what is left of it is the fee.
Awaitable<PayoutRun::Failure> PayoutRun::sign(WalletWork& work) {
  PayoutOrder order;
  order.payee_address = record_.terms.address_of(payee_of(decision_));
  order.at_least = record_.terms.price;
  order.fee_max = options_.fee_max;

  SweepAll sweep;
  sweep.address = order.payee_address;
  const WorkResult<SweepAll::Answer> made = co_await work.ask(signers_.creator, std::move(sweep));
  if (!made) co_return made.error();
  DescribeTransfer describe;
  describe.multisig_txset = made->multisig_txset;
  const WorkResult<DescribeTransfer::Answer> described =
      co_await work.ask(signers_.signer, std::move(describe));
  if (!described) co_return described.error();
  const auto checked = check_txset(*described, order);
  if (const auto* wrong = std::get_if<std::string>(&checked))
    co_return final_failure("the transaction is not signed: " + *wrong);

  SignMultisig signing;
  signing.tx_data_hex = made->multisig_txset;
  WorkResult<SignMultisig::Answer> signed_set =
      co_await work.ask(signers_.signer, std::move(signing));
  if (!signed_set) co_return signed_set.error();
  if (signed_set->tx_hash_list.empty()) co_return failure_with("sign_multisig answered no hash");
  record_.payout.paid = std::get<CheckedTxset>(checked).paid;
  record_.payout.fee = std::get<CheckedTxset>(checked).fee;
  record_.payout.tx_hashes = std::move(signed_set->tx_hash_list);
  record_.payout.txset = std::move(signed_set->tx_data_hex);
  co_return Failure();
}

// A wallet that was opened again must have looked at the chain before it takes a txset. One that is
// submitted twice is answered alike.
Awaitable<PayoutRun::Failure> PayoutRun::submit(OpenWallets wallets) {
  WalletWork work(carrier_, wallets, payout_phase);
  Failure failure = co_await work.refresh(RoleSet::only(signers_.creator));
  if (failure) co_return failure;
  SubmitMultisig request;
  request.tx_data_hex = record_.payout.txset;
  const WorkResult<SubmitMultisig::Answer> submitted =
      co_await work.ask(signers_.creator, std::move(request));
  if (!submitted) co_return submitted.error();
  Store store;  // so that the wallet still knows it when it is opened again
  const WorkResult<Store::Answer> stored = co_await work.ask(signers_.creator, std::move(store));
  if (!stored) co_return stored.error();
  failure = co_await reach(Phase::submitted);
  co_return failure;
}

Awaitable<PayoutRun::Failure> PayoutRun::confirm() {
  Failure failure;
  bool synced = false;
  while (!failure && missing_ > 0) {
    failure = co_await until_done(&PayoutRun::look, RoleSet::only(signers_.creator));
    if (failure || missing_ == 0) break;
    if (known_) {
      const Duration pause = options_.look_every * static_cast<Duration::rep>(missing_);
      co_await carrier_.sleep(record_.id, pause);
    } else if (!synced) {
      // It lost what it knew of its outputs: others have to tell it.
      failure = co_await until_done(&PayoutRun::sync, both(signers_));
      synced = true;
    } else {
      failure = co_await until_done(&PayoutRun::submit, RoleSet::only(signers_.creator));
      synced = false;
    }
  }
  if (failure) co_return failure;
  record_.payout.txset.clear();
  failure = co_await reach(Phase::closed);
  co_return failure;
}

Awaitable<PayoutRun::Failure> PayoutRun::look(OpenWallets wallets) {
  WalletWork work(carrier_, wallets, confirm_phase);
  Failure failure = co_await work.refresh(RoleSet::only(signers_.creator));
  if (failure) co_return failure;
  missing_ = 0;
  for (const std::string& hash : record_.payout.tx_hashes) {
    GetTransferByTxid request;
    request.txid = hash;
    const WorkResult<GetTransferByTxid::Answer> found =
        co_await work.ask(signers_.creator, std::move(request));
    known_ = found || found.error().code != error_code::wrong_txid;
    if (!found && known_) co_return found.error();
    const std::uint64_t seen = found ? found->transfer.confirmations.value : 0;
    missing_ = std::max(missing_, options_.confirmations - std::min(seen, options_.confirmations));
    if (!known_) break;
  }
  co_return failure;
}

Awaitable<PayoutRun::Failure> PayoutRun::sync(OpenWallets wallets) {
  WalletWork work(carrier_, wallets, confirm_phase);
  Failure failure = co_await work.refresh(both(signers_));
  if (!failure) failure = co_await work.sync_pair(signers_.creator, signers_.signer);
  co_return failure;
}

Awaitable<PayoutRun::Failure> PayoutRun::reach(Phase phase) {
  const Phase before = std::exchange(record_.phase, phase);
  const bool keeps = persistence_ != Persistence::none || phase == Phase::closed;
  if (keeps && before != phase) {
    const std::optional<std::string> error = co_await carrier_.commit(record_);
    if (error) {
      record_.phase = before;
      co_return failure_with("commit before " + std::string(name_of(phase)) + ": " +
                             one_line(*error));
    }
  }
  if (before != phase) tell(name_of(phase), true, std::string(name_of(decision_)));
  co_return Failure();
}

void PayoutRun::tell(std::string_view phase, bool ok, std::string message) {
  Event event;
  event.at = carrier_.clock().now();
  event.kind = EventKind::escrow;
  event.phase = phase;
  event.escrow = record_.id;
  event.ok = ok;
  event.message = std::move(message);
  event.duration = event.at - began_;
  carrier_.observer().on(event);
}

}  // namespace escrowstorm::coordinator
