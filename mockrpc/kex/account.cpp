#include "mockrpc/kex/account.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <utility>

#include "mockrpc/kex/round.hpp"

namespace escrowstorm::mockrpc {
namespace {

// A separator of hash domains, padded with zeros.
Bytes32 domain(std::string_view name) {
  Bytes32 bytes{};
  std::copy(name.begin(), name.end(), bytes.begin());
  return bytes;
}

// A secret that tells nothing of the one it is made from.
Scalar blinded(const Bytes32& secret) {
  const Bytes32 separator = domain("Multisig");
  std::array<char, 2 * sizeof(Bytes32)> bytes;
  const auto rest = std::copy(secret.begin(), secret.end(), bytes.begin());
  std::copy(separator.begin(), separator.end(), rest);
  return hash_to_scalar({bytes.data(), bytes.size()});
}

PublicKey shared_secret(const KeyScheme& scheme, const Scalar& mine, const PublicKey& theirs) {
  return scheme.times(scheme.times(theirs, mine), scalar_of(8));
}

// The weight of each part among all of them.
std::map<PublicKey, Scalar> weigh(const std::set<PublicKey>& parts) {
  std::string bytes(view_of(Bytes32()));  // room for the part
  bytes.reserve((parts.size() + 2) * sizeof(Bytes32));
  for (const PublicKey& each : parts) bytes.append(view_of(each.bytes));
  bytes.append(view_of(domain("Multisig_key_agg")));
  std::map<PublicKey, Scalar> weights;
  for (const PublicKey& part : parts) {
    std::copy(part.bytes.begin(), part.bytes.end(), bytes.begin());
    weights.emplace_hint(weights.end(), part, hash_to_scalar(bytes));
  }
  return weights;
}

}  // namespace

std::uint32_t kex_rounds_required(const MultisigState& state) {
  return static_cast<std::uint32_t>(state.signers.size()) - state.threshold + 1;
}

bool kex_is_complete(const MultisigState& state) {
  return state.rounds_done == kex_rounds_required(state) + 1;
}

MultisigAccount::MultisigAccount(const KeyScheme& scheme, const Version& version,
                                 const Scalar& spend_secret, const Scalar& view_secret)
    : scheme_(&scheme), version_(&version), base_common_secret_(blinded(view_secret.bytes)) {
  state_.base_secret = blinded(spend_secret.bytes);
  state_.group_key = scheme.identity();
  base_key_ = scheme.public_key(state_.base_secret);
}

MultisigAccount::MultisigAccount(const KeyScheme& scheme, const Version& version,
                                 MultisigState state)
    : scheme_(&scheme), version_(&version), state_(std::move(state)) {
  assert(state_.rounds_done > 0);
  base_key_ = scheme.public_key(state_.base_secret);
}

Outcome<void> MultisigAccount::initialize(std::uint32_t threshold, std::vector<PublicKey> signers,
                                          std::span<const KexMessage> messages) {
  assert(state_.rounds_done == 0);
  MultisigAccount next = *this;
  if (auto set = next.set_members(threshold, std::move(signers)); !set) return set;
  if (auto run = next.run_round(messages); !run) return run;
  *this = std::move(next);
  return {};
}

Outcome<void> MultisigAccount::update(std::span<const KexMessage> messages) {
  assert(state_.rounds_done > 0);
  if (kex_is_complete(state_))
    return Refused{"multisig account: tried to update kex, but kex is already complete."};
  MultisigAccount next = *this;
  if (auto run = next.run_round(messages); !run) return run;
  *this = std::move(next);
  return {};
}

Outcome<void> MultisigAccount::set_members(std::uint32_t threshold,
                                           std::vector<PublicKey> signers) {
  if (threshold == 0 || threshold > signers.size())
    return Refused{"multisig account: tried to set invalid threshold."};
  if (signers.size() < 2 || signers.size() > multisig_signers_max)
    return Refused{"multisig account: tried to set invalid number of signers."};
  state_.threshold = threshold;
  state_.signers = std::move(signers);
  return {};
}

Outcome<void> MultisigAccount::run_round(std::span<const KexMessage> messages) {
  const std::uint32_t round = state_.rounds_done + 1;
  const std::uint32_t last_round = kex_rounds_required(state_);
  if (auto checked = check_round(messages, round); !checked) return checked;

  if (round == 1) {
    set_common_key(messages);
    if (last_round == 1) state_.key_shares = {state_.base_secret};
    state_.round_keys = {base_key_};
  }

  const KexParty party{state_.signers, base_key_};
  // In the last round of 1-of-N all share one key: what the others recommend does not matter.
  const bool everybody_has_it = state_.threshold == 1 && round == last_round;
  Outcome<Recommendations> weighed = Recommendations();
  if (round > last_round)
    weighed = weigh_verification(*version_, party, messages);
  else if (!everybody_has_it)
    weighed = weigh_round(*version_, party, messages, state_.round_keys);
  if (!weighed) return weighed.error();
  std::set<PublicKey> keys;
  for (const auto& [key, signers] : *weighed) keys.insert(key);

  if (round < last_round) {
    set_round_keys(keys);
  } else if (round == last_round) {
    set_group_key(std::move(keys));
  } else {
    const std::string_view where =
        version_->counts_missing_signers ? "input messages." : "other signers' messages.";
    if (!keys.contains(state_.group_key))
      return Refused{"Multisig post-kex round: expected multisig pubkey wasn't found in " +
                     std::string(where)};
    if (!keys.contains(scheme_->public_key(state_.common_secret)))
      return Refused{"Multisig post-kex round: expected common pubkey wasn't found in " +
                     std::string(where)};
  }
  state_.rounds_done = round;
  return {};
}

void MultisigAccount::set_common_key(std::span<const KexMessage> messages) {
  std::multiset<Bytes32> secrets{base_common_secret_.bytes};
  for (const KexMessage& message : messages)
    if (message.signer != base_key_) secrets.insert(message.common_secret);
  std::string bytes;
  bytes.reserve(secrets.size() * sizeof(Bytes32));
  for (const Bytes32& secret : secrets) bytes.append(view_of(secret));
  state_.common_secret = hash_to_scalar(bytes);
}

// The keys that this round's partners come to share with us. Those of the last round become secrets
// of their own: what is recommended is then their public keys.
void MultisigAccount::set_round_keys(const std::set<PublicKey>& partners) {
  const bool next_is_last = state_.rounds_done + 2 == kex_rounds_required(state_);
  state_.round_keys.clear();
  for (const PublicKey& partner : partners) {
    const PublicKey shared = shared_secret(*scheme_, state_.base_secret, partner);
    if (next_is_last) {
      state_.key_shares.push_back(blinded(shared.bytes));
      state_.round_keys.insert(scheme_->public_key(state_.key_shares.back()));
    } else {
      state_.round_keys.insert(shared);
    }
  }
}

void MultisigAccount::set_group_key(std::set<PublicKey> parts) {
  for (const Scalar& share : state_.key_shares) {
    [[maybe_unused]] const bool is_new = parts.insert(scheme_->public_key(share)).second;
    assert(is_new);
  }
  state_.group_key = scheme_->identity();
  const std::map<PublicKey, Scalar> weights = weigh(parts);
  for (const auto& [part, weight] : weights)
    state_.group_key = scheme_->plus(state_.group_key, scheme_->times(part, weight));
  for (Scalar& share : state_.key_shares)
    share = times(weights.at(scheme_->public_key(share)), share);
  state_.round_keys.clear();
}

std::string MultisigAccount::next_message(RandomStream& random) const {
  KexMessage message;
  message.signer = base_key_;
  if (state_.rounds_done == 0) {
    message.common_secret = base_common_secret_.bytes;
  } else {
    const std::uint32_t last_round = kex_rounds_required(state_);
    message.round = std::min(state_.rounds_done, last_round) + 1;
    if (state_.rounds_done < last_round)
      message.keys.assign(state_.round_keys.begin(), state_.round_keys.end());
    else
      message.keys = {state_.group_key, scheme_->public_key(state_.common_secret)};
  }
  return write_kex_message(*scheme_, message, state_.base_secret, random);
}

}  // namespace escrowstorm::mockrpc
