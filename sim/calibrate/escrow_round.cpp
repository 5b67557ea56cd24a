#include "sim/calibrate/escrow_round.hpp"

#include <vector>

#include "base/walletrpc/error_code.hpp"
#include "coordinator/setup/steps.hpp"
#include "sim/world/inquiry.hpp"

namespace escrowstorm::sim {
namespace {

using namespace walletrpc;
using coordinator::Phase;
using coordinator::Step;
using Failure = EscrowRound::Failure;

// With reopen, which a set-up does not always have: open_wallet is what a session begins with.
constexpr std::array set_up_phases{Phase::create,     Phase::label, Phase::verify,
                                   Phase::prepare,    Phase::make,  Phase::exchange_1,
                                   Phase::exchange_2, Phase::check, Phase::reopen};

constexpr std::string_view refresh_funded = "refresh#funded";
constexpr std::string_view export_funded = "export_multisig_info#funded";
constexpr std::string_view import_funded = "import_multisig_info#funded";

// What a block's reward is locked for.
constexpr std::uint64_t reward_lock_blocks = 60;

coordinator::SetupPolicy calibrated_policy() {
  coordinator::SetupPolicy policy;
  policy.verify_wallet = true;
  policy.reopen_check = false;  // so that the check ends with a store
  return policy;
}

// The entry of a profile that the mock draws such a call from.
std::string_view profile_entry(Step step, Phase phase) {
  if (step != Step::exchange) return method_of(step);
  return phase == Phase::exchange_1 ? "exchange_multisig_keys#1" : "exchange_multisig_keys#2";
}

}  // namespace

EscrowRound::EscrowRound(TimedCalls& calls, std::uint64_t number, const std::string& wallet_prefix,
                         std::array<InstanceId, role_count> instances)
    : calls_(calls), facts_(number, 1, wallet_prefix, coordinator::WalletPasswords()) {
  facts_.record.instances = instances;
}

CalibrationFailure EscrowRound::failed(Role role, std::string_view method,
                                       const CallError& error) const {
  return {at(role), std::string(method) + ": " + in_words(error)};
}

Awaitable<Failure> EscrowRound::set_up() {
  for (const Role role : all_roles) {
    Failure failure = co_await find_empty(role);
    if (failure) co_return failure;
  }
  for (const Phase phase : set_up_phases) {
    Failure failure = co_await take(phase);
    if (failure) co_return failure;
  }
  if (const auto disagreement = facts_.disagreement())
    co_return CalibrationFailure(std::nullopt, *disagreement);
  co_return std::nullopt;
}

// Somebody may have begun to work there since it was last looked at.
Awaitable<Failure> EscrowRound::find_empty(Role role) {
  GetAddress whose;
  const auto open = co_await calls_.ask(at(role), std::move(whose), not_counted);
  if (open)
    co_return CalibrationFailure(at(role),
                                 "has a wallet open that is not of this calibration, which would "
                                 "push it out; close_wallet first, and keep others away");
  if (!no_wallet_open(open.error())) co_return failed(role, GetAddress::method, open.error());
  co_return std::nullopt;
}

Awaitable<Failure> EscrowRound::take(Phase phase) {
  facts_.record.phase = phase;
  const coordinator::Steps steps = steps_of(phase, calibrated_policy());
  for (const Role role : all_roles) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const Step step = steps[i];
      Failure failure = co_await take(role, step);
      if (failure) co_return failure;
    }
  }
  co_return std::nullopt;
}

Awaitable<Failure> EscrowRound::take(Role role, Step step) {
  Request request = request_for(step, role, facts_.record);
  const std::string_view entry = profile_entry(step, facts_.record.phase);
  const CallResult<Answer> result = co_await calls_.call(at(role), std::move(request), entry);
  std::optional<std::string> wrong = facts_.learn(role, step, result);
  if (!wrong) co_return std::nullopt;
  if (facts_.is_lost(role)) calls_.leave(at(role));
  co_return CalibrationFailure(at(role), std::move(*wrong));
}

// The first look is at all that came since the wallet was made; what counts is one that finds
// nothing new, as most of a coordinator's do.
Awaitable<Failure> EscrowRound::look() {
  Failure failure = co_await refresh_all(not_counted);
  if (!failure) failure = co_await refresh_all(Refresh::method);
  if (!failure) failure = co_await get_balances();
  if (!failure) failure = co_await sync_all();
  co_return failure;
}

Awaitable<Failure> EscrowRound::refresh_all(std::string_view counts_for) {
  for (const Role role : all_roles) {
    Refresh request;
    const auto looked = co_await calls_.ask(at(role), std::move(request), counts_for);
    if (looked) continue;
    CalibrationFailure failure = failed(role, Refresh::method, looked.error());
    if (looked.error().code == error_code::no_daemon_connection)
      failure.what += "; start it with a --daemon-address that it reaches";
    co_return failure;
  }
  co_return std::nullopt;
}

Awaitable<Failure> EscrowRound::get_balances() {
  for (const Role role : all_roles) {
    GetBalance request;
    const auto held = co_await calls_.ask(at(role), std::move(request), GetBalance::method);
    if (!held) co_return failed(role, GetBalance::method, held.error());
  }
  co_return std::nullopt;
}

Awaitable<Failure> EscrowRound::sync_all() {
  std::vector<std::string> infos;
  for (const Role role : all_roles) {
    ExportMultisigInfo request;
    auto exported = co_await calls_.ask(at(role), std::move(request), ExportMultisigInfo::method);
    if (!exported) co_return failed(role, ExportMultisigInfo::method, exported.error());
    infos.push_back(std::move(exported->info));
  }
  for (const Role role : all_roles) {
    ImportMultisigInfo request;
    for (const Role other : all_roles)
      if (other != role) request.info.push_back(infos[index_of(other)]);
    const auto imported =
        co_await calls_.ask(at(role), std::move(request), ImportMultisigInfo::method);
    if (!imported) co_return failed(role, ImportMultisigInfo::method, imported.error());
  }
  co_return std::nullopt;
}

// The reward of a block is the deposit: one output, as most escrows have.
Awaitable<Failure> EscrowRound::be_paid(Miner& miner, const std::string& elsewhere) {
  auto mined = co_await miner.mine(facts_.address(), 1);
  if (mined) mined = co_await miner.mine(elsewhere, reward_lock_blocks);
  if (!mined) co_return CalibrationFailure(std::nullopt, mined.error().why);
  Failure failure = co_await refresh_all(not_counted);
  if (!failure) failure = co_await refresh_all(refresh_funded);
  if (!failure) failure = co_await get_balances();
  co_return failure;
}

// Each role makes a payout that the next one signs; only the last is submitted, since all spend the
// same output.
Awaitable<Failure> EscrowRound::pay_out(const std::string& elsewhere) {
  for (const Role creator : all_roles) {
    const Role signer = all_roles[(index_of(creator) + 1) % role_count];
    Failure failure = co_await sync_pair(creator, signer);
    if (!failure) failure = co_await make_payout(creator, signer, elsewhere);
    if (failure) co_return failure;
  }
  Failure failure = co_await submit(all_roles.back());
  co_return failure;
}

Awaitable<Failure> EscrowRound::sync_pair(Role creator, Role signer) {
  ExportMultisigInfo from_signer;
  auto exported = co_await calls_.ask(at(signer), std::move(from_signer), export_funded);
  if (!exported) co_return failed(signer, ExportMultisigInfo::method, exported.error());
  ImportMultisigInfo to_creator;
  to_creator.info.push_back(std::move(exported->info));
  const auto imported = co_await calls_.ask(at(creator), std::move(to_creator), import_funded);
  if (!imported) co_return failed(creator, ImportMultisigInfo::method, imported.error());
  co_return std::nullopt;
}

// By sweep_all, as the coordinator pays: in a profile it is the entry of transfer.
Awaitable<Failure> EscrowRound::make_payout(Role creator, Role signer, const std::string& payee) {
  SweepAll sweep;
  sweep.address = payee;
  const auto made = co_await calls_.ask(at(creator), std::move(sweep), Transfer::method);
  if (!made) co_return failed(creator, SweepAll::method, made.error());

  DescribeTransfer describe;
  describe.multisig_txset = made->multisig_txset;
  const auto described =
      co_await calls_.ask(at(signer), std::move(describe), DescribeTransfer::method);
  if (!described) co_return failed(signer, DescribeTransfer::method, described.error());

  SignMultisig sign;
  sign.tx_data_hex = made->multisig_txset;
  auto signed_set = co_await calls_.ask(at(signer), std::move(sign), SignMultisig::method);
  if (!signed_set) co_return failed(signer, SignMultisig::method, signed_set.error());
  signed_txset_ = std::move(signed_set->tx_data_hex);
  co_return std::nullopt;
}

Awaitable<Failure> EscrowRound::submit(Role creator) {
  SubmitMultisig request;
  request.tx_data_hex = signed_txset_;
  const auto sent = co_await calls_.ask(at(creator), std::move(request), SubmitMultisig::method);
  if (!sent) co_return failed(creator, SubmitMultisig::method, sent.error());

  Store keep;
  const auto stored = co_await calls_.ask(at(creator), std::move(keep), Store::method);
  if (!stored) co_return failed(creator, Store::method, stored.error());

  for (const std::string& hash : sent->tx_hash_list) {
    GetTransferByTxid look;
    look.txid = hash;
    const auto found = co_await calls_.ask(at(creator), std::move(look), GetTransferByTxid::method);
    if (!found) co_return failed(creator, GetTransferByTxid::method, found.error());
  }
  co_return std::nullopt;
}

Awaitable<Failure> EscrowRound::close() {
  Failure failure = co_await take(Phase::close);
  co_return failure;
}

}  // namespace escrowstorm::sim
