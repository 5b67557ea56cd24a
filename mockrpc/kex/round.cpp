#include "mockrpc/kex/round.hpp"

#include <algorithm>
#include <iterator>

namespace escrowstorm::mockrpc {
namespace {

Recommendations recommendations(const Version& version, const KexParty& party,
                                std::span<const KexMessage> messages,
                                const std::set<PublicKey>& ignored) {
  const bool ignores_self = !version.counts_missing_signers;
  Recommendations by_key;
  for (const KexMessage& message : messages) {
    if (ignores_self && message.signer == party.self) continue;
    if (message.round == 1) {
      by_key[message.signer].insert(message.signer);
      continue;
    }
    for (const PublicKey& key : message.keys) {
      if (ignores_self && key == party.self) continue;
      if (!ignored.contains(key)) by_key[key].insert(message.signer);
    }
  }
  return by_key;
}

// What only we recommend is of no use to us.
void forget_signer(Recommendations& by_key, const PublicKey& signer) {
  for (auto& [key, signers] : by_key) signers.erase(signer);
  std::erase_if(by_key, [](const auto& entry) { return entry.second.empty(); });
}

std::size_t combinations(std::size_t n, std::size_t k) {
  std::size_t result = 1;
  for (std::size_t i = 1; i <= k; ++i) result = result * (n - k + i) / i;
  return result;
}

Refused missing_signers(const Version& version, std::uint32_t round, std::size_t found,
                        std::size_t required) {
  if (!version.counts_missing_signers)
    return {
        "Number of unique other signers does not equal number of other signers that recommended "
        "pubkeys."};
  return {
      "Number of unique other signers recommending pubkeys does not equal number of required "
      "other signers (kex round: " +
      std::to_string(round) + ", num signers found: " + std::to_string(found) +
      ", num signers required: " + std::to_string(required) + ")."};
}

bool contains(std::span<const PublicKey> keys, const PublicKey& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

Outcome<void> check_round(std::span<const KexMessage> messages, std::uint32_t round) {
  if (messages.empty()) return Refused{"At least one input message expected."};
  if (messages.front().round != round)
    return Refused{"Messages don't have the expected kex round number."};
  for (const KexMessage& message : messages)
    if (message.round != round) return Refused{"All messages must have the same kex round number."};
  return {};
}

Outcome<Recommendations> weigh_round(const Version& version, const KexParty& party,
                                     std::span<const KexMessage> messages,
                                     const std::set<PublicKey>& own_keys) {
  const std::uint32_t round = messages.front().round;
  Recommendations by_key = recommendations(version, party, messages, own_keys);
  if (version.counts_missing_signers) forget_signer(by_key, party.self);

  // In round r a key is shared by groups of r signers, and each of the group recommends it.
  std::map<PublicKey, std::size_t> keys_of_signer;
  for (const auto& [key, signers] : by_key) {
    const bool wrong = version.counts_missing_signers ? signers.size() < round  //
                                                      : signers.size() != round;
    if (wrong)
      return Refused{
          "A pubkey recommended by multisig kex messages had an unexpected number of "
          "recommendations."};
    for (const PublicKey& signer : signers) ++keys_of_signer[signer];
  }

  const std::size_t others = party.signers.size() - 1;
  const bool missing = version.counts_missing_signers ? keys_of_signer.size() < others
                                                      : keys_of_signer.size() != others;
  if (missing) return missing_signers(version, round, keys_of_signer.size(), others);

  if (own_keys.size() != combinations(others, round - 1))
    return Refused{"Local account did not recommend expected number of multisig keys."};
  // Each of the others is in this many groups of which we are not.
  const std::size_t expected = combinations(others - 1, round - 1);
  for (const auto& [signer, keys] : keys_of_signer) {
    if (keys != expected)
      return Refused{version.counts_missing_signers
                         ? "A multisig signer recommended an unexpected number of pubkeys."
                         : "A pubkey recommended by multisig kex messages had an unexpected number "
                           "of recommendations."};
    if (!contains(party.signers, signer))
      return Refused{"Multisig kex message with unexpected signer encountered."};
  }
  return by_key;
}

Outcome<Recommendations> weigh_verification(const Version& version, const KexParty& party,
                                            std::span<const KexMessage> messages) {
  Recommendations by_key = recommendations(version, party, messages, {});
  if (by_key.size() != 2)
    return Refused{
        "Multisig post-kex round messages from other signers did not all contain two pubkeys."};
  std::set<PublicKey> signers = by_key.begin()->second;
  if (signers != std::next(by_key.begin())->second)
    return Refused{
        "Multisig post-kex round messages from other signers did not all recommend the same pubkey "
        "pair."};

  signers.insert(party.self);
  const std::size_t required = party.signers.size();
  if (version.counts_missing_signers && signers.size() < required)
    return Refused{
        "Multisig post-kex round message origins don't line up with multisig signer set (num "
        "signers found: " +
        std::to_string(signers.size()) + ", num signers required: " + std::to_string(required) +
        ")."};
  if (!version.counts_missing_signers && signers.size() != required)
    return Refused{
        "Multisig post-kex round message origins don't line up with multisig signer set."};
  for (const PublicKey& signer : signers)
    if (!contains(party.signers, signer))
      return Refused{version.counts_missing_signers
                         ? "An unknown origin recommended a multisig post-kex verification "
                           "messsage."
                         : "Could not find an expected signer in multisig post-kex round messages "
                           "(all signers expected)."};
  return by_key;
}

}  // namespace escrowstorm::mockrpc
