// One signer's side of an M-of-N key exchange: N-M+1 rounds that make the keys, and one more in
// which everybody confirms the result. Follows monero's src/multisig/multisig_account*.cpp. A
// value; what is refused changes nothing.
//
// In round r every group of r signers comes to share a key by Diffie-Hellman; the last of them are
// the parts of the group's spend key, weighed so that nobody can choose a part that cancels others.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "mockrpc/kex/message.hpp"

namespace escrowstorm::mockrpc {

inline constexpr std::size_t multisig_signers_max = 16;

// What an account is between two rounds, and what a wallet's keys file keeps of it.
struct MultisigState {
  std::uint32_t threshold = 0;
  std::uint32_t rounds_done = 0;   // 0 before it is initialized, or after a hard rescan
  std::vector<PublicKey> signers;  // in the order in which make_multisig met them
  Scalar base_secret;              // signs, and makes the shared keys
  std::vector<Scalar> key_shares;  // our parts of the group's spend key, once they are known
  Scalar common_secret;            // the group's secret view key
  PublicKey group_key;             // the identity until the last round is done
  std::set<PublicKey> round_keys;  // what we recommend in the round to come, until the last

  friend bool operator==(const MultisigState&, const MultisigState&) = default;
};

std::uint32_t kex_rounds_required(const MultisigState& state);
bool kex_is_complete(const MultisigState& state);  // and confirmed

class MultisigAccount {
 public:
  // A new account from a wallet's secret keys: what prepare_multisig shows and make_multisig
  // starts.
  MultisigAccount(const KeyScheme& scheme, const Version& version, const Scalar& spend_secret,
                  const Scalar& view_secret);

  // An account between two rounds. REQUIRES: state.rounds_done > 0.
  MultisigAccount(const KeyScheme& scheme, const Version& version, MultisigState state);

  const MultisigState& state() const { return state_; }
  const PublicKey& base_key() const { return base_key_; }

  // The first round. REQUIRES: a new account; all messages are of round 1.
  Outcome<void> initialize(std::uint32_t threshold, std::vector<PublicKey> signers,
                           std::span<const KexMessage> messages);

  // Each further one. REQUIRES: initialized.
  Outcome<void> update(std::span<const KexMessage> messages);

  // What to send to the others now.
  std::string next_message(RandomStream& random) const;

 private:
  Outcome<void> set_members(std::uint32_t threshold, std::vector<PublicKey> signers);
  Outcome<void> run_round(std::span<const KexMessage> messages);
  void set_common_key(std::span<const KexMessage> messages);
  void set_round_keys(const std::set<PublicKey>& partners);
  void set_group_key(std::set<PublicKey> parts);

  const KeyScheme* scheme_;
  const Version* version_;
  MultisigState state_;
  PublicKey base_key_;
  Scalar base_common_secret_;  // only of a new account
};

}  // namespace escrowstorm::mockrpc
