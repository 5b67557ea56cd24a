// A group of instances whose wallets are funded on the rig's chain, and the calls of an escrow's
// life.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mockrpc/keys/address.hpp"
#include "rig.hpp"
#include "tests/support/stranger.hpp"

namespace escrowstorm::mockrpc::rigs {

using escrowstorm::test::stranger;
inline constexpr std::uint64_t xmr = Amount::per_xmr;

inline CurvePoint recipient_of(const std::string& address) {
  return parse_address(address, Network::mainnet)->spend;
}

class EscrowRig : public Rig {
 public:
  explicit EscrowRig(std::string_view version = default_version_name, std::size_t signers = 3,
                     std::uint32_t threshold = 2)
      : Rig(signers, version), signers_(signers) {
    set_up_group("m", threshold);
  }

  std::size_t signers() const { return signers_; }

  void set_up_group(const std::string& prefix, std::uint32_t threshold) {
    Messages messages;
    for (std::size_t i = 0; i < signers_; ++i) create(i, prefix + std::to_string(i));
    for (std::size_t i = 0; i < signers_; ++i) messages.push_back(prepare(i));
    Messages next;
    for (std::size_t i = 0; i < signers_; ++i)
      next.push_back(make(i, others(messages, i), threshold).multisig_info);
    while (!is_multisig(0).ready) {
      messages = std::move(next);
      next.clear();
      for (std::size_t i = 0; i < signers_; ++i)
        next.push_back(exchange(i, others(messages, i)).multisig_info);
    }
  }

  void mine(const std::string& address, std::size_t blocks) {
    for (std::size_t i = 0; i < blocks; ++i) chain().mine(recipient_of(address));
  }
  void refresh_all() {
    for (std::size_t i = 0; i < signers_; ++i) ok(i, walletrpc::Refresh{});
  }
  // So many outputs for the group, unlocked and seen.
  void fund(std::size_t outputs) {
    mine(address(0), outputs);
    mine(stranger, 80);
    refresh_all();
  }

  std::string info(std::size_t i) { return ok(i, walletrpc::ExportMultisigInfo{}).info; }
  std::uint64_t import(std::size_t i, Messages infos) {
    return ok(i, walletrpc::ImportMultisigInfo{std::move(infos)}).n_outputs;
  }
  void sync() {
    Messages infos;
    for (std::size_t i = 0; i < signers_; ++i) infos.push_back(info(i));
    for (std::size_t i = 0; i < signers_; ++i) import(i, others(infos, i));
  }

  static walletrpc::Transfer paying(std::uint64_t units, const std::string& to = stranger) {
    walletrpc::Transfer request;
    request.destinations.push_back({to, Amount::from_atomic(units)});
    return request;
  }
  std::string txset(std::size_t i, std::uint64_t units) {
    return ok(i, paying(units)).multisig_txset;
  }
  walletrpc::SignMultisig::Answer sign(std::size_t i, const std::string& txset) {
    return ok(i, walletrpc::SignMultisig{txset});
  }
  walletrpc::RpcError sign_error(std::size_t i, const std::string& txset) {
    return error(i, walletrpc::SignMultisig{txset});
  }
  std::vector<std::string> submit(std::size_t i, const std::string& txset) {
    return ok(i, walletrpc::SubmitMultisig{txset}).tx_hash_list;
  }

  std::uint64_t balance(std::size_t i) { return ok(i, walletrpc::GetBalance{}).balance.atomic(); }
  std::uint64_t unlocked(std::size_t i) {
    return ok(i, walletrpc::GetBalance{}).unlocked_balance.atomic();
  }
  bool needs_import(std::size_t i) { return ok(i, walletrpc::GetBalance{}).multisig_import_needed; }
  walletrpc::GetTransfers::Answer transfers(std::size_t i) {
    walletrpc::GetTransfers request;
    request.in = request.out = request.pending = request.failed = request.pool = true;
    return ok(i, request);
  }

 private:
  std::size_t signers_;
};

}  // namespace escrowstorm::mockrpc::rigs
