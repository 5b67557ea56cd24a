#include "mockrpc/wallet/message_signature.hpp"

#include "mockrpc/keys/base58.hpp"
#include "mockrpc/keys/byte_io.hpp"
#include "mockrpc/keys/keccak.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::string_view header_1 = "SigV1";
constexpr std::string_view header_2 = "SigV2";

Bytes32 hash_of(std::string_view text, const AddressKeys& keys, SignedWith with) {
  constexpr char domain[] = "MoneroMessageSignature";
  ByteWriter writer;
  writer.blob(std::string_view(domain, sizeof domain));  // with its zero
  writer.blob(keys.spend.bytes);
  writer.blob(keys.view.bytes);
  writer.varint(with == SignedWith::spend_key ? 0 : 1);
  writer.text(text);
  return keccak256(writer.bytes());
}

const CurvePoint& key_of(const AddressKeys& keys, SignedWith with) {
  return with == SignedWith::spend_key ? keys.spend : keys.view;
}

Scalar challenge(const Bytes32& hash, const CurvePoint& key, const CurvePoint& commitment) {
  std::string bytes;
  bytes.append(view_of(hash)).append(view_of(key.bytes)).append(view_of(commitment.bytes));
  return hash_to_scalar(bytes);
}

// As bytes: c, then r.
bool is_good(const Bytes32& hash, const CurvePoint& key, std::string_view signature) {
  ByteReader reader(signature);
  const Scalar c{reader.bytes32()};
  const Scalar r{reader.bytes32()};
  if (!reader.at_end() || !is_reduced(c) || !is_reduced(r) || is_zero(c)) return false;
  const std::optional<CurvePoint> part = times(key, c);
  if (!part) return false;
  const std::optional<CurvePoint> commitment = plus(*part, base_point_times(r));
  return commitment && challenge(hash, key, *commitment) == c;
}

}  // namespace

std::string sign_message(std::string_view text, const AddressKeys& keys, SignedWith with,
                         const Scalar& secret, RandomStream& random) {
  const Scalar nonce = random_scalar(random);
  const Scalar c =
      challenge(hash_of(text, keys, with), key_of(keys, with), base_point_times(nonce));
  const Scalar r = minus(nonce, times(c, secret));
  std::string bytes;
  bytes.append(view_of(c.bytes)).append(view_of(r.bytes));
  return std::string(header_2) + base58_encode(bytes);
}

std::optional<GoodSignature> verify_message(std::string_view text, const AddressKeys& keys,
                                            std::string_view signature) {
  const bool old = signature.starts_with(header_1);
  if (!old && !signature.starts_with(header_2)) return std::nullopt;
  const auto bytes = base58_decode(signature.substr(header_1.size()));
  if (!bytes) return std::nullopt;
  for (const SignedWith with : {SignedWith::spend_key, SignedWith::view_key}) {
    const Bytes32 hash = old ? keccak256(text) : hash_of(text, keys, with);
    if (is_good(hash, key_of(keys, with), *bytes)) return GoodSignature{with, old ? 1u : 2u};
  }
  return std::nullopt;
}

}  // namespace escrowstorm::mockrpc
