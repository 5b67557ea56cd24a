#include "tests/mockrpc/properties/escrow_world.hpp"

#include <rapidcheck.h>

#include <algorithm>

#include "mockrpc/keys/hex.hpp"
#include "tests/mockrpc/properties/escrow_calls.hpp"

namespace escrowstorm::mockrpc::properties {

using namespace walletrpc;

namespace {

constexpr std::size_t faucet_payments_max = 9;  // what it has
constexpr std::uint64_t popped_max = 60;        // of the highest chain: wallets follow that far

Scalar secret_of(const std::string& hex) {
  Scalar secret;
  const auto bytes = from_hex(hex);
  std::copy(bytes->begin(), bytes->end(), secret.bytes.begin());
  return secret;
}

}  // namespace

EscrowWorld::EscrowWorld(std::string_view version)
    : rig_(signer_count + 1, version), version_(rigs::version_named(version)) {
  rig_.set_up("g");
  view_secret_ = secret_of(rig_.ok(0, QueryKey{"view_key"}).key);
  rig_.create(payee, wallet_name(payee));
  for (std::uint32_t i = 0; i < 3; ++i) points_.push_back(rig_.point(0, i));
  group_ = {points_.begin(), points_.end()};
  payees_ = {rig_.point(payee)};
  payee_address_ = rig_.address(payee);
  group_address_ = rig_.address(0);
  rig_.pay({{points_[0], 3 * xmr}, {points_[1], 2 * xmr}, {rig_.point(payee), xmr}});
  pay_group(1);
  rig_.mine_to(0, 1);
  mine(70);
  lowest_ = rig_.chain().height();
  refresh(payee);
  sync();
  for (std::size_t i = 0; i <= payee; ++i) rig_.ok(i, Store{});
}

void EscrowWorld::perform(const EscrowStep& step) {
  const std::size_t who = step.wallet;
  switch (step.deed) {
    case EscrowDeed::mine:
      return mine(step.choice % 4 == 0 ? 10 : 1);
    case EscrowDeed::mine_to_group:
      return rig_.mine_to(0, 1);
    case EscrowDeed::pay_group:
      return pay_group(step.choice);
    case EscrowDeed::reorganise:
      return reorganise(step.choice % 12);
    case EscrowDeed::drop_pool:
      return rig_.chain().flush_pool();
    case EscrowDeed::refresh:
      return refresh(who);
    case EscrowDeed::export_info:
      return export_info(who);
    case EscrowDeed::import_infos:
      import_infos(who, step.choice);
      return;
    case EscrowDeed::sync:
      sync();
      if (step.choice % 2 == 0) must(who, Store{});
      return;
    case EscrowDeed::transfer:
      transfer(who, step.choice);
      return;
    case EscrowDeed::sweep:
      return sweep(who);
    case EscrowDeed::sign:
      if (!txsets_.empty()) sign(who, recent_txset(step.choice));
      return;
    case EscrowDeed::sign_die_sign:
      if (!txsets_.empty()) sign_die_sign(who, recent_txset(step.choice));
      return;
    case EscrowDeed::submit:
      if (!txsets_.empty()) submit(who, recent_txset(step.choice));
      return;
    case EscrowDeed::spend:
      return spend(who, step.choice);
    case EscrowDeed::payee_pays:
      return payee_pays(step.choice);
    case EscrowDeed::reopen:
      return reopen(who);
    case EscrowDeed::kill:
      return kill(who);
    case EscrowDeed::check_money:
      return check_money();
  }
}

SaidTxset EscrowWorld::recent_txset(std::size_t choice) const {
  const std::size_t recent = std::min<std::size_t>(txsets_.size(), 5);
  return txsets_[txsets_.size() - 1 - choice % recent];
}

void EscrowWorld::mine(std::uint64_t blocks) { rig_.mine_to_nobody(blocks); }

void EscrowWorld::pay_group(std::size_t choice) {
  if (faucet_payments_ == faucet_payments_max) return;
  ++faucet_payments_;
  rig_.pay({{points_[choice % points_.size()], xmr + choice}});
}

void EscrowWorld::reorganise(std::uint64_t blocks) {
  const std::uint64_t height = rig_.chain().height();
  highest_lost_ = std::max(highest_lost_, height);
  const std::uint64_t lowest = std::max(lowest_, highest_lost_ - popped_max);
  rig_.chain().pop(std::min(blocks, height - std::min(height, lowest)));
  book_.reorganised();
}

// A wallet learns that blocks went when there are others in their place.
void EscrowWorld::refresh(std::size_t who) {
  must(who, Refresh{});
  if (who < signer_count && rig_.chain().height() > highest_lost_) book_.saw_all_blocks(who);
}

void EscrowWorld::export_info(std::size_t who) {
  infos_[who].push_back(read_said_info(must(who, ExportMultisigInfo{}).info, view_secret_));
  book_.exported(who, infos_[who].back());
}

// Of one of the others or both, mostly the last, at times the one before.
bool EscrowWorld::import_infos(std::size_t who, std::size_t choice) {
  std::vector<const SaidInfo*> infos;
  for (std::size_t i = 1; i < signer_count; ++i) {
    const auto& told = infos_[(who + i) % signer_count];
    if (choice % 4 == i) continue;
    const bool older = choice % 8 == 7 && told.size() > 1;
    infos.push_back(&told[told.size() - (older ? 2 : 1)]);
  }
  return import_from(who, infos);
}

// It may be refused for what another import has left over that found no outputs.
bool EscrowWorld::import_from(std::size_t who, const std::vector<const SaidInfo*>& infos) {
  ImportMultisigInfo request;
  std::size_t known_to_all = infos.front()->outputs.size();
  for (const SaidInfo* info : infos) {
    request.info.push_back(info->hex);
    known_to_all = std::min(known_to_all, info->outputs.size());
  }
  const auto imported = call(who, request);
  if (const auto* error = std::get_if<RpcError>(&imported)) {
    RC_ASSERT(version_.keeps_imported_infos);
    RC_ASSERT(error->message == "Error calling import_multisig: Wrong number of multisig sources");
    return false;
  }
  book_.imported(who, known_to_all);
  return true;
}

void EscrowWorld::sync() {
  for (std::size_t i = 0; i < signer_count; ++i) refresh(i);
  for (std::size_t i = 0; i < signer_count; ++i) export_info(i);
  for (std::size_t i = 0; i < signer_count; ++i) RC_ASSERT(import_infos(i, 0));
}

}  // namespace escrowstorm::mockrpc::properties
