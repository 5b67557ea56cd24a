// The messages of one round, weighed: who recommends which key, and whether that is what this round
// of an M-of-N exchange must bring. The checks and their order are those of monero's
// src/multisig/multisig_account_kex_impl.cpp. Pure functions, any thread.
#pragma once

#include <map>
#include <set>
#include <span>

#include "mockrpc/kex/message.hpp"

namespace escrowstorm::mockrpc {

// For each key the signers that recommend it.
using Recommendations = std::map<PublicKey, std::set<PublicKey>>;

// From outside a key exchange: its members, of whom one is ours.
struct KexParty {
  std::span<const PublicKey> signers;
  PublicKey self;
};

// All messages of this round and at least one.
Outcome<void> check_round(std::span<const KexMessage> messages, std::uint32_t round);

// What the others recommend in a round that makes keys. `own_keys` are those that this account
// recommends itself. REQUIRES: check_round().
Outcome<Recommendations> weigh_round(const Version& version, const KexParty& party,
                                     std::span<const KexMessage> messages,
                                     const std::set<PublicKey>& own_keys);

// The round after the last: everybody must name the same two keys. REQUIRES: check_round().
Outcome<Recommendations> weigh_verification(const Version& version, const KexParty& party,
                                            std::span<const KexMessage> messages);

}  // namespace escrowstorm::mockrpc
