// What the participants of a multisig wallet tell each other about its outputs. No output is known
// to this model, so an info says no more than who it is from and whose it is.
#include <sodium/crypto_stream_chacha20.h>

#include <cassert>
#include <set>

#include "mockrpc/keys/byte_io.hpp"
#include "mockrpc/keys/keccak.hpp"
#include "mockrpc/keys/signature.hpp"
#include "mockrpc/wallet/wallet.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::string_view magic = "Monero multisig export\x01";
constexpr std::size_t nonce_bytes = crypto_stream_chacha20_NONCEBYTES;

// Encrypts and decrypts.
std::string chacha20(std::string_view bytes, std::string_view nonce, const Scalar& secret) {
  const Bytes32 key = keccak256(view_of(secret.bytes));
  std::string out(bytes);
  auto* data = reinterpret_cast<unsigned char*>(out.data());
  crypto_stream_chacha20_xor(data, data, out.size(),
                             reinterpret_cast<const unsigned char*>(nonce.data()), key.data());
  return out;
}

// Sealed with the group's view key: only its members can make and open it.
std::string seal(const KeyScheme& scheme, std::string_view plain, const Scalar& secret,
                 RandomStream& random) {
  std::array<unsigned char, nonce_bytes> nonce;
  random.fill(nonce);
  std::string sealed(reinterpret_cast<const char*>(nonce.data()), nonce.size());
  sealed += chacha20(plain, sealed, secret);
  const Signature signature = sign(scheme, keccak256(sealed), secret, random);
  sealed.append(view_of(signature.c.bytes)).append(view_of(signature.r.bytes));
  return sealed;
}

Outcome<std::string> unseal(const KeyScheme& scheme, std::string_view sealed,
                            const Scalar& secret) {
  if (sealed.size() < nonce_bytes + Signature::size) return Refused{"Unexpected ciphertext size"};
  const std::string_view content = sealed.substr(0, sealed.size() - Signature::size);
  ByteReader reader(sealed.substr(content.size()));
  Signature signature;
  signature.c.bytes = reader.bytes32();
  signature.r.bytes = reader.bytes32();
  if (!verify(scheme, keccak256(content), scheme.public_key(secret), signature))
    return Refused{"Failed to authenticate ciphertext"};
  return {boost::system::in_place_value, chacha20(content.substr(nonce_bytes), content, secret)};
}

}  // namespace

std::string Wallet::export_multisig_info(RandomStream& random) const {
  assert(keys_.multisig && kex_is_complete(*keys_.multisig));
  ByteWriter plain;
  plain.blob(spend_key().bytes);
  plain.blob(view_key().bytes);
  plain.blob(host_.keys->public_key(keys_.spend_secret).bytes);
  plain.varint(0);  // outputs
  return std::string(magic) + seal(*host_.keys, plain.bytes(), keys_.view_secret, random);
}

Outcome<std::uint64_t> Wallet::import_multisig_info(const std::vector<std::string>& infos) {
  assert(keys_.multisig && kex_is_complete(*keys_.multisig));
  const PublicKey self = host_.keys->public_key(keys_.spend_secret);
  std::size_t forgotten = 0;
  std::size_t& imported = host_.version->keeps_imported_infos ? imported_infos_ : forgotten;

  std::set<PublicKey> seen;
  for (const std::string& info : infos) {
    if (!info.starts_with(magic)) return Refused{"Bad multisig info file magic in "};
    const Outcome<std::string> plain =
        unseal(*host_.keys, std::string_view(info).substr(magic.size()), keys_.view_secret);
    if (!plain) return plain.error();
    ByteReader reader(*plain);
    const PublicKey spend{reader.bytes32()};
    const PublicKey view{reader.bytes32()};
    const PublicKey signer{reader.bytes32()};
    if (!reader.ok()) return Refused{"Bad data size"};
    if (spend != spend_key() || view != view_key())
      return Refused{"Multisig info is for a different account"};
    if (signer == self || !seen.insert(signer).second) continue;
    const std::uint64_t outputs = reader.varint();
    if (!reader.at_end() || outputs != 0) return Refused{"Failed to load output data"};
    ++imported;
  }

  const std::size_t sources = imported + 1;
  if (sources > keys_.multisig->signers.size() || sources < keys_.multisig->threshold)
    return Refused{"Wrong number of multisig sources"};
  return std::uint64_t{0};
}

}  // namespace escrowstorm::mockrpc
