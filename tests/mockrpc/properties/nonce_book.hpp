// What the participants of an escrow tell each other, read off the bytes that pass between them:
// which nonces each of them exported last, and which it signed with. Tells what sign_multisig has
// to answer, from the rule that a nonce is worth one signature and that the next export makes all
// before it worthless. Fails the property when a signer uses a nonce twice. Knows nothing of
// wallets.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mockrpc/wallet/multisig_info.hpp"
#include "mockrpc/wallet/multisig_txset.hpp"
#include "tests/mockrpc/properties/escrow_step.hpp"

namespace escrowstorm::mockrpc::properties {

// As it passes between them, and what it says.
struct SaidTxset {
  std::string hex;
  MultisigTxSet set;
  bool doubtful = false;  // its creator had not seen all blocks
};
struct SaidInfo {
  std::string hex;
  PublicKey signer;
  std::vector<MultisigOutputInfo> outputs;
};

// `view_secret` is what all of the group share.
SaidTxset read_said_txset(std::string hex, const Scalar& view_secret);
SaidInfo read_said_info(std::string hex, const Scalar& view_secret);

class NonceBook {
 public:
  void exported(std::size_t who, const SaidInfo& info);
  // Outputs that not all of these know are found anew and have no nonces then.
  void imported(std::size_t who, std::size_t outputs_known_to_all);
  void created(std::size_t who, SaidTxset& txset);
  void submitted(std::size_t who, const SaidTxset& txset) { used_up(who, txset.set); }
  // Blocks went. From now on nobody need have the nonces of what was in them, nor number outputs as
  // the others do, until he has seen the new blocks and exported again.
  void reorganised();
  void saw_all_blocks(std::size_t who) { members_[who].settled = true; }
  // It may have any nonces of its past again but those that it signed with.
  void killed(std::size_t who);

  struct Forecast {
    bool may_succeed = false;
    bool must_succeed = false;
    std::vector<std::string> refusals;  // one of these, when it does not succeed
  };
  Forecast forecast(std::size_t who, const SaidTxset& txset) const;
  void signed_by(std::size_t who, const SaidTxset& before, const SaidTxset& after);
  void refused_to_sign(std::size_t who, const SaidTxset& txset);

  // Whether the wallet must know what the txset spends, as far as can be told from its exports.
  bool knows_outputs_of(std::size_t who, const MultisigTxSet& set) const;

 private:
  // Of one output.
  struct Nonces {
    std::set<Bytes32> left;
    bool sure = true;  // that the wallet has them still
  };
  struct Member {
    PublicKey key;
    std::map<std::uint64_t, Nonces> live;             // by the output's number
    std::map<std::uint64_t, std::set<Bytes32>> told;  // all ever exported
    std::set<Bytes32> used;
    std::uint64_t outputs = 0;  // that it surely knows
    bool settled = true;
  };

  void used_up(std::size_t who, const MultisigTxSet& set);
  static bool is_backed(const Member& member, const MultisigTxSet& set, bool surely);

  std::array<Member, signer_count> members_;
};

}  // namespace escrowstorm::mockrpc::properties
