#include "mockrpc/wallet/multisig_signing.hpp"

#include <algorithm>

#include "mockrpc/wallet/multisig_info.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr Bytes32 used_up{};

// All ways to leave out `count` of them, in the order of the first left out.
void add_combinations(const std::vector<PublicKey>& from, std::size_t count, std::size_t first,
                      std::set<PublicKey>& taken, std::vector<std::set<PublicKey>>& out) {
  if (taken.size() == count) {
    out.push_back(taken);
    return;
  }
  for (std::size_t i = first; i < from.size(); ++i) {
    taken.insert(from[i]);
    add_combinations(from, count, i + 1, taken, out);
    taken.erase(from[i]);
  }
}

// One nonce of each signer that is not ignored, none of them twice.
void pick_nonces(const OwnedOutput& coin, SigningAttempt& attempt, std::set<Bytes32>& picked) {
  for (const MultisigShare& share : coin.shares) {
    if (attempt.ignored.contains(PublicKey{share.signer})) continue;
    const auto fresh = std::find_if(share.nonces.begin(), share.nonces.end(),
                                    [&](const Bytes32& nonce) { return !picked.contains(nonce); });
    if (fresh == share.nonces.end()) continue;
    picked.insert(*fresh);
    attempt.nonces.insert(*fresh);
  }
}

// Uses up one of our nonces that the attempt was made with. Whether there is one left.
bool take_nonce(const KeyScheme& keys, OwnedOutput& coin, const SigningAttempt& attempt) {
  for (Bytes32& nonce : coin.nonces) {
    if (nonce == used_up || !attempt.nonces.contains(public_nonce(keys, nonce))) continue;
    nonce = used_up;
    return true;
  }
  return false;
}

std::optional<Refused> refused(const MultisigSigner& signer, const MultisigTxSet& set,
                               std::span<const OwnedOutput> outputs) {
  if (set.txs.empty()) return Refused{"No tx found"};
  if (set.signers.contains(signer.self))
    return Refused{"Transaction already signed by this private key"};
  if (set.signers.size() > signer.threshold)
    return Refused{"Transaction was signed by too many signers"};
  if (set.signers.size() == signer.threshold) return Refused{"Transaction is already fully signed"};
  const auto is_frozen = [&](const SpentCoin& coin) { return outputs[coin.index].frozen; };
  const auto spends_frozen = [&](const PendingTx& tx) {
    return std::any_of(tx.coins.begin(), tx.coins.end(), is_frozen);
  };
  if (signer.version.refuses_to_sign_frozen &&
      std::any_of(set.txs.begin(), set.txs.end(), spends_frozen))
    return Refused{"Will not sign multisig tx containing frozen outputs"};
  return std::nullopt;
}

Outcome<void> sign(const MultisigSigner& signer, const PendingTx& tx,
                   std::span<OwnedOutput> outputs) {
  if (tx.attempts.empty()) return Refused{"No signatures found in multisig tx"};
  // Wallets that found their outputs in another order don't mean the same by an index.
  for (const SpentCoin& coin : tx.coins)
    if (outputs[coin.index].key != coin.key)
      return Refused{"error: multisig::signing::tx_builder_ringct_t::init"};
  for (const SigningAttempt& attempt : tx.attempts) {
    if (attempt.ignored.contains(signer.self)) continue;
    for (const SpentCoin& coin : tx.coins)
      for (std::size_t i = 0; i < nonces_per_attempt; ++i)
        if (!take_nonce(signer.keys, outputs[coin.index], attempt))
          return Refused{
              "This signature was made with stale data: export fresh multisig data, which other "
              "participants must then use"};
  }
  return {};
}

bool none_of(const std::set<PublicKey>& some, const std::set<PublicKey>& others) {
  return std::none_of(some.begin(), some.end(),
                      [&](const PublicKey& key) { return others.contains(key); });
}

// The attempt that all who signed took part in.
Outcome<void> check_final(const MultisigSigner& signer, const MultisigTxSet& set,
                          const PendingTx& tx) {
  const auto complete =
      std::count_if(tx.attempts.begin(), tx.attempts.end(), [&](const SigningAttempt& attempt) {
        return !attempt.ignored.contains(signer.self) && none_of(attempt.ignored, set.signers);
      });
  if (complete > 1) return Refused{"More than one transaction is final"};
  if (complete == 0)
    return Refused{
        "Unable to finalize the transaction: the ignore sets for these tx attempts seem to be "
        "malformed."};
  return {};
}

}  // namespace

Bytes32 public_nonce(const KeyScheme& keys, const Bytes32& secret) {
  return keys.public_key(Scalar{secret}).bytes;
}

void renew_nonces(OwnedOutput& output, std::size_t count, RandomStream& random) {
  output.nonces.clear();
  for (std::size_t i = 0; i < count; ++i) output.nonces.push_back(random_scalar(random).bytes);
}

void use_up_nonces(OwnedOutput& output) { output.nonces.clear(); }

std::vector<PublicKey> available_signers(std::span<const PublicKey> signers, const PublicKey& self,
                                         std::span<const OwnedOutput> outputs) {
  std::vector<PublicKey> available;
  if (outputs.empty()) return available;
  for (const PublicKey& signer : signers) {
    const auto& shares = outputs.front().shares;
    const bool known = std::any_of(shares.begin(), shares.end(), [&](const MultisigShare& share) {
      return share.signer == signer.bytes;
    });
    if (signer != self && known) available.push_back(signer);
  }
  return available;
}

bool is_signable(const OwnedOutput& output, std::uint32_t threshold) {
  return output.shares.size() + 1 >= threshold;
}

std::vector<SigningAttempt> make_attempts(std::span<const OwnedOutput* const> coins,
                                          const std::vector<PublicKey>& available,
                                          std::uint32_t threshold) {
  std::vector<std::set<PublicKey>> ignored;
  std::set<PublicKey> none;
  add_combinations(available, available.size() + 1 - threshold, 0, none, ignored);
  std::vector<SigningAttempt> attempts;
  std::set<Bytes32> picked;
  for (std::set<PublicKey>& left_out : ignored) {
    SigningAttempt attempt{std::move(left_out), {}};
    for (const OwnedOutput* coin : coins)
      for (std::size_t i = 0; i < nonces_per_attempt; ++i) pick_nonces(*coin, attempt, picked);
    attempts.push_back(std::move(attempt));
  }
  return attempts;
}

Outcome<std::vector<Bytes32>> sign_txset(const MultisigSigner& signer, MultisigTxSet& set,
                                         std::span<OwnedOutput> outputs, RandomStream& random) {
  if (auto why = refused(signer, set, outputs)) return *why;
  const bool last = set.signers.size() + 1 >= signer.threshold;
  std::vector<Bytes32> hashes;
  for (PendingTx& tx : set.txs) {
    if (auto signed_now = sign(signer, tx, outputs); !signed_now) return signed_now.error();
    if (!last) continue;
    if (auto final = check_final(signer, set, tx); !final) return final.error();
    // Signatures are random, and the hash covers them.
    random.fill(tx.tx.hash);
    hashes.push_back(tx.tx.hash);
  }
  for (const PendingTx& tx : set.txs)
    for (const SpentCoin& coin : tx.coins) use_up_nonces(outputs[coin.index]);
  set.signers.insert(signer.self);
  return hashes;
}

}  // namespace escrowstorm::mockrpc
