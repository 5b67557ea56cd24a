// Who may sign what, and what becomes of the nonces. Follows monero's wallet2
// (transfer_selected_rct, get_multisig_composite_kLRki, sign_multisig_tx, get_multisig_k): a nonce
// is for one signature; the creator picks the others' for each group that could sign, and each
// signer must still have theirs. Plain functions on values; no curve is involved.
#pragma once

#include <span>

#include "mockrpc/kex/outcome.hpp"
#include "mockrpc/version.hpp"
#include "mockrpc/wallet/money.hpp"
#include "mockrpc/wallet/multisig_txset.hpp"

namespace escrowstorm::mockrpc {

struct MultisigSigner {
  const KeyScheme& keys;
  const Version& version;
  PublicKey self;
  std::uint32_t threshold = 0;
};

// What others see of a nonce of ours.
Bytes32 public_nonce(const KeyScheme& keys, const Bytes32& secret);
// Makes new ones for an output: those before are worth nothing from now on.
void renew_nonces(OwnedOutput& output, std::size_t count, RandomStream& random);
void use_up_nonces(OwnedOutput& output);

// The signers beside the creator whom the last import brought nonces of.
std::vector<PublicKey> available_signers(std::span<const PublicKey> signers, const PublicKey& self,
                                         std::span<const OwnedOutput> outputs);
// Whether enough of them gave nonces for it.
bool is_signable(const OwnedOutput& output, std::uint32_t threshold);

// One attempt for each group of the creator and as many of the available as it takes. REQUIRES:
// threshold - 1 of them at least, and all coins signable.
std::vector<SigningAttempt> make_attempts(std::span<const OwnedOutput* const> coins,
                                          const std::vector<PublicKey>& available,
                                          std::uint32_t threshold);

// Adds a signature. The hashes of the transactions when it was the last one needed, or none. What
// it refuses may have cost nonces.
Outcome<std::vector<Bytes32>> sign_txset(const MultisigSigner& signer, MultisigTxSet& set,
                                         std::span<OwnedOutput> outputs, RandomStream& random);

}  // namespace escrowstorm::mockrpc
