// Performs steps on a funded escrow: three wallets of a group, one that is paid, and the chain.
// Holds each answer against the nonce book and a ledger read off the chain.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "tests/mockrpc/model/money_rig.hpp"
#include "tests/mockrpc/properties/escrow_step.hpp"
#include "tests/mockrpc/properties/ledger.hpp"
#include "tests/mockrpc/properties/nonce_book.hpp"

namespace escrowstorm::mockrpc::properties {

class EscrowWorld {
 public:
  explicit EscrowWorld(std::string_view version);

  void perform(const EscrowStep& step);

  // Whatever has happened: refresh and sync make the escrow able to pay again, and all agree.
  void heal_and_pay();

  std::size_t paid() const { return paid_; }

 private:
  static constexpr std::size_t payee = signer_count;

  template <class Method>
  std::variant<typename Method::Answer, walletrpc::RpcError> call(std::size_t who,
                                                                  const Method& request);
  template <class Method>
  typename Method::Answer must(std::size_t who, const Method& request);

  void mine(std::uint64_t blocks);
  void pay_group(std::size_t choice);
  void reorganise(std::uint64_t blocks);
  void refresh(std::size_t who);
  void export_info(std::size_t who);
  bool import_infos(std::size_t who, std::size_t choice);
  void sync();
  bool transfer(std::size_t who, std::size_t choice);
  void sweep(std::size_t who);
  void take_txset(std::size_t who, const std::string& hex);
  bool sign(std::size_t who, const SaidTxset& txset);
  void sign_die_sign(std::size_t who, const SaidTxset& txset);
  bool submit(std::size_t who, const SaidTxset& txset);
  bool is_mined(const MultisigTxSet& set);
  void spend(std::size_t who, std::size_t choice);
  void payee_pays(std::size_t choice);
  void reopen(std::size_t who);
  void kill(std::size_t who);
  void settle();
  void check_money();
  void check_history(std::size_t who, Amount balance);

  bool import_from(std::size_t who, const std::vector<const SaidInfo*>& infos);
  SaidTxset recent_txset(std::size_t choice) const;

  rigs::MoneyRig rig_;
  const Version& version_;
  std::vector<CurvePoint> points_;  // of the group's addresses
  Ledger::Owners group_;
  Ledger::Owners payees_;
  std::string payee_address_;
  std::string group_address_;
  Scalar view_secret_;
  NonceBook book_;
  std::array<std::vector<SaidInfo>, signer_count> infos_;  // of each, oldest first
  std::vector<SaidTxset> txsets_;
  std::uint64_t lowest_ = 0;        // below it nothing is popped
  std::uint64_t highest_lost_ = 0;  // height of a chain that was popped
  std::size_t faucet_payments_ = 0;
  std::size_t paid_ = 0;
};

}  // namespace escrowstorm::mockrpc::properties
