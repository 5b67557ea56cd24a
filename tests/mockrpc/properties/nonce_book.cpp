#include "tests/mockrpc/properties/nonce_book.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <limits>

#include "mockrpc/keys/dlog_key_scheme.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/wallet/seal.hpp"

namespace escrowstorm::mockrpc::properties {
namespace {

constexpr std::string_view info_magic = "Monero multisig export\x01";
constexpr std::size_t threshold = 2;
constexpr std::size_t nonces_per_signature = 2;  // of one output

constexpr const char* stale =
    "Failed to sign multisig tx: This signature was made with stale data: export fresh multisig "
    "data, which other participants must then use";
constexpr const char* other_order =
    "Failed to sign multisig tx: error: multisig::signing::tx_builder_ringct_t::init";
constexpr const char* unknown_outputs = "Failed to parse multisig tx data.";
constexpr const char* own_again =
    "Failed to sign multisig tx: Transaction already signed by this private key";
constexpr const char* third_one = "Failed to sign multisig tx: Transaction is already fully signed";

std::string unsealed(const std::string& hex, std::string_view magic, const Scalar& view_secret) {
  const auto bytes = from_hex(hex);
  RC_ASSERT(bytes && bytes->starts_with(magic));
  const DlogKeyScheme keys;
  const auto plain = unseal(keys, std::string_view(*bytes).substr(magic.size()), view_secret);
  RC_ASSERT(plain.has_value());
  return *plain;
}

}  // namespace

SaidTxset read_said_txset(std::string hex, const Scalar& view_secret) {
  auto set = read_txset(unsealed(hex, multisig_txset_magic, view_secret), Network::mainnet,
                        std::numeric_limits<std::size_t>::max());
  RC_ASSERT(set.has_value());
  return {std::move(hex), std::move(*set)};
}

SaidInfo read_said_info(std::string hex, const Scalar& view_secret) {
  const auto read = read_multisig_info(unsealed(hex, info_magic, view_secret));
  RC_ASSERT(read.has_value());
  auto outputs = read_output_infos(read->body);
  RC_ASSERT(outputs.has_value());
  return {std::move(hex), read->signer, std::move(*outputs)};
}

void NonceBook::exported(std::size_t who, const SaidInfo& info) {
  Member& member = members_[who];
  const auto& outputs = info.outputs;
  member.key = info.signer;
  member.live.clear();
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const std::set<Bytes32> fresh(outputs[i].nonces.begin(), outputs[i].nonces.end());
    for (const Bytes32& nonce : fresh) RC_ASSERT(!member.told[i].contains(nonce));
    member.told[i].insert(fresh.begin(), fresh.end());
    member.live[i] = {fresh, member.settled};
  }
  member.outputs = member.settled ? outputs.size() : 0;
}

void NonceBook::imported(std::size_t who, std::size_t outputs_known_to_all) {
  for (auto& [output, nonces] : members_[who].live)
    nonces.sure = nonces.sure && output < outputs_known_to_all;
}

void NonceBook::used_up(std::size_t who, const MultisigTxSet& set) {
  for (const PendingTx& tx : set.txs)
    for (const SpentCoin& coin : tx.coins) members_[who].live.erase(coin.index);
}

void NonceBook::created(std::size_t who, SaidTxset& txset) {
  txset.doubtful = !members_[who].settled;
  used_up(who, txset.set);
}

void NonceBook::reorganised() {
  for (Member& member : members_) {
    member.settled = false;
    member.outputs = 0;
    for (auto& [output, nonces] : member.live) nonces.sure = false;
  }
}

void NonceBook::killed(std::size_t who) {
  Member& member = members_[who];
  member.settled = false;  // it may have gone back to before the blocks that it saw
  member.outputs = 0;
  for (const auto& [output, nonces] : member.told) {
    std::set<Bytes32> left = nonces;
    for (const Bytes32& nonce : member.used) left.erase(nonce);
    member.live[output] = {std::move(left), false};
  }
}

bool NonceBook::knows_outputs_of(std::size_t who, const MultisigTxSet& set) const {
  const Member& member = members_[who];
  const auto knows = [&](const SpentCoin& coin) { return coin.index < member.outputs; };
  return std::all_of(set.txs.begin(), set.txs.end(), [&](const PendingTx& tx) {
    return std::all_of(tx.coins.begin(), tx.coins.end(), knows);
  });
}

// Whether the signer has what every attempt that counts on it takes.
bool NonceBook::is_backed(const Member& member, const MultisigTxSet& set, bool surely) {
  for (const PendingTx& tx : set.txs) {
    for (const SigningAttempt& attempt : tx.attempts) {
      if (attempt.ignored.contains(member.key)) continue;
      for (const SpentCoin& coin : tx.coins) {
        const auto kept = member.live.find(coin.index);
        if (kept == member.live.end() || (surely && !kept->second.sure)) return false;
        const auto& left = kept->second.left;
        const auto count = std::count_if(left.begin(), left.end(), [&](const Bytes32& nonce) {
          return attempt.nonces.contains(nonce);
        });
        if (static_cast<std::size_t>(count) < nonces_per_signature) return false;
      }
    }
  }
  return true;
}

NonceBook::Forecast NonceBook::forecast(std::size_t who, const SaidTxset& txset) const {
  const MultisigTxSet& set = txset.set;
  const Member& member = members_[who];
  Forecast forecast;
  const bool knows = knows_outputs_of(who, set);
  if (!knows) forecast.refusals.push_back(unknown_outputs);
  if (set.signers.contains(member.key)) {
    forecast.refusals.push_back(own_again);
  } else if (set.signers.size() >= threshold) {
    forecast.refusals.push_back(third_one);
  } else {
    forecast.may_succeed = is_backed(member, set, false);
    const bool doubtful = !member.settled || txset.doubtful;
    forecast.must_succeed = knows && !doubtful && is_backed(member, set, true);
    forecast.refusals.push_back(stale);
    if (doubtful) forecast.refusals.push_back(other_order);
  }
  return forecast;
}

void NonceBook::signed_by(std::size_t who, const SaidTxset& before, const SaidTxset& after) {
  Member& member = members_[who];
  const MultisigTxSet& set = after.set;
  std::set<PublicKey> signers = before.set.signers;
  signers.insert(member.key);
  RC_ASSERT(set.signers == signers);
  for (const PendingTx& tx : set.txs) {
    for (const SigningAttempt& attempt : tx.attempts) {
      if (attempt.ignored.contains(member.key)) continue;
      std::size_t used = 0;
      for (const SpentCoin& coin : tx.coins)
        for (const Bytes32& nonce : member.told[coin.index])
          if (attempt.nonces.contains(nonce)) {
            RC_ASSERT(member.used.insert(nonce).second);
            RC_ASSERT(member.live[coin.index].left.contains(nonce));
            ++used;
          }
      RC_ASSERT(used == nonces_per_signature * tx.coins.size());
    }
  }
  used_up(who, set);
}

// A refusal may come when some of them are taken already.
void NonceBook::refused_to_sign(std::size_t who, const SaidTxset& txset) {
  for (const PendingTx& tx : txset.set.txs)
    for (const SpentCoin& coin : tx.coins) {
      const auto kept = members_[who].live.find(coin.index);
      if (kept != members_[who].live.end()) kept->second.sure = false;
    }
}

}  // namespace escrowstorm::mockrpc::properties
