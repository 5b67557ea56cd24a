// The wallet's side of the multisig key exchange.
#include <algorithm>
#include <cassert>
#include <utility>

#include "mockrpc/keys/hex.hpp"
#include "mockrpc/wallet/wallet.hpp"

namespace escrowstorm::mockrpc {
namespace {

void append_u32(std::string& bytes, std::uint32_t number) {
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<char>(number >> (8 * i)));
}

bool contains(const std::vector<PublicKey>& keys, const PublicKey& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

MultisigStatus Wallet::multisig_status() const {
  if (!keys_.multisig) return {};
  MultisigStatus status;
  status.multisig = true;
  status.ready = kex_is_complete(*keys_.multisig);
  status.threshold = keys_.multisig->threshold;
  status.total = static_cast<std::uint32_t>(keys_.multisig->signers.size());
  return status;
}

std::string Wallet::first_kex_message(RandomStream& random) const {
  assert(!keys_.multisig);
  return MultisigAccount(*host_.keys, *host_.version, keys_.spend_secret, keys_.view_secret)
      .next_message(random);
}

Outcome<std::string> Wallet::make_multisig(std::string_view password,
                                           const std::vector<std::string>& messages,
                                           std::uint32_t threshold, RandomStream& random) {
  assert(!keys_.multisig);
  MultisigAccount account(*host_.keys, *host_.version, keys_.spend_secret, keys_.view_secret);
  std::vector<KexMessage> read;
  std::vector<PublicKey> signers;
  for (const std::string& message : messages) {
    Outcome<KexMessage> each = read_kex_message(*host_.keys, *host_.version, message);
    if (!each) return each.error();
    if (each->round != 1)
      return Refused{
          "Trying to make multisig with message that has invalid multisig kex round (should be "
          "'1')."};
    if (contains(signers, each->signer))
      return Refused{"Duplicate signers not allowed when converting a wallet to multisig."};
    if (each->signer != account.base_key()) signers.push_back(each->signer);
    read.push_back(std::move(*each));
  }
  signers.push_back(account.base_key());

  if (auto begun = account.initialize(threshold, std::move(signers), read); !begun)
    return begun.error();
  forget_seen(true);
  take_multisig_state(account.state());
  if (auto saved = save_keys(password, random); !saved) return saved.error();
  if (host_.storage->exists(name_, WalletFile::address)) save_address();
  if (auto stored = store(); !stored) return stored.error();
  return {boost::system::in_place_value, account.next_message(random)};
}

Outcome<std::string> Wallet::exchange_multisig_keys(std::string_view password,
                                                    const std::vector<std::string>& messages,
                                                    RandomStream& random) {
  assert(keys_.multisig);
  std::vector<KexMessage> read;
  for (const std::string& message : messages) {
    Outcome<KexMessage> each = read_kex_message(*host_.keys, *host_.version, message);
    if (!each) return each.error();
    read.push_back(std::move(*each));
  }

  if (keys_.multisig->rounds_done == 0)
    return Refused{"multisig account: can't reconstruct account if its kex wasn't initialized"};
  MultisigAccount account(*host_.keys, *host_.version, *keys_.multisig);
  if (auto updated = account.update(read); !updated) return updated.error();
  take_multisig_state(account.state());
  if (auto saved = save_keys(password, random); !saved) return saved.error();
  if (host_.storage->exists(name_, WalletFile::address)) save_address();
  // Only the last round stores the cache file. Until then it belongs to the placeholder, and a
  // wallet that dies here with its address already final can't be opened beside it.
  if (kex_is_complete(account.state())) {
    cache_.subaddresses.start_over();
    if (auto stored = store(); !stored) return stored.error();
  }
  return {boost::system::in_place_value, account.next_message(random)};
}

void Wallet::take_multisig_state(MultisigState state) {
  keys_.spend_secret = state.base_secret;
  keys_.view_secret = state.common_secret;
  keys_.multisig = std::move(state);
  addresses_.reset();
}

std::string Wallet::multisig_seed() const {
  const MultisigState& state = *keys_.multisig;
  std::string bytes;
  append_u32(bytes, state.threshold);
  append_u32(bytes, static_cast<std::uint32_t>(state.signers.size()));
  bytes.append(view_of(keys_.spend_secret.bytes));
  bytes.append(view_of(host_.keys->shown(spend_key()).bytes));
  bytes.append(view_of(keys_.view_secret.bytes));
  bytes.append(view_of(host_.keys->shown(view_key()).bytes));
  for (const Scalar& share : state.key_shares) bytes.append(view_of(share.bytes));
  for (const PublicKey& signer : state.signers)
    bytes.append(view_of(host_.keys->shown(signer).bytes));
  return to_hex(bytes);
}

}  // namespace escrowstorm::mockrpc
