// A message of the key exchange: "MultisigxV2R1" or "MultisigxV2Rn" and base58 of round, keys,
// signer and signature, in monero's layout (its src/multisig/multisig_kex_msg.cpp). Each writing
// differs in its signature; what was tampered with is refused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mockrpc/kex/outcome.hpp"
#include "mockrpc/keys/key_scheme.hpp"
#include "mockrpc/version.hpp"

namespace escrowstorm::mockrpc {

struct KexMessage {
  std::uint32_t round = 1;
  PublicKey signer;
  Bytes32 common_secret{};      // of round 1: the signer's part of the common view key
  std::vector<PublicKey> keys;  // of later rounds: what the signer recommends
};

// REQUIRES: message.signer is the public key of signing_secret.
std::string write_kex_message(const KeyScheme& scheme, const KexMessage& message,
                              const Scalar& signing_secret, RandomStream& random);

// Reads anything. Refuses with the text that the version gives.
Outcome<KexMessage> read_kex_message(const KeyScheme& scheme, const Version& version,
                                     std::string_view text);

}  // namespace escrowstorm::mockrpc
