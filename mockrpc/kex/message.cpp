#include "mockrpc/kex/message.hpp"

#include <cassert>
#include <optional>

#include "mockrpc/keys/base58.hpp"
#include "mockrpc/keys/byte_io.hpp"
#include "mockrpc/keys/signature.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::string_view first_round_magic = "MultisigxV2R1";
constexpr std::string_view later_round_magic = "MultisigxV2Rn";
constexpr std::size_t magic_size = first_round_magic.size();
static_assert(later_round_magic.size() == magic_size);

std::string_view magic_of(std::uint32_t round) {
  return round == 1 ? first_round_magic : later_round_magic;
}

Bytes32 hash_to_sign(const KexMessage& message) {
  std::string bytes;
  bytes.reserve(magic_size + sizeof message.round + (2 + message.keys.size()) * sizeof(Bytes32));
  bytes.append(magic_of(message.round));
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<char>(message.round >> (8 * i)));
  bytes.append(view_of(message.signer.bytes));
  if (message.round == 1) bytes.append(view_of(message.common_secret));
  for (const PublicKey& key : message.keys) bytes.append(view_of(key.bytes));
  return quick_scalar(bytes).bytes;
}

struct SignedMessage {
  KexMessage message;
  Signature signature;
};

// Bytes after the message are not looked at, as in the real one.
std::optional<SignedMessage> unpack(std::string_view payload, bool first_round) {
  ByteReader reader(payload);
  SignedMessage out;
  if (first_round) {
    out.message.common_secret = reader.bytes32();
  } else {
    out.message.round = reader.varint32();
    for (std::size_t left = reader.count(); left > 0 && reader.ok(); --left)
      out.message.keys.push_back(PublicKey{reader.bytes32()});
  }
  out.message.signer.bytes = reader.bytes32();
  out.signature.c.bytes = reader.bytes32();
  out.signature.r.bytes = reader.bytes32();
  if (!reader.ok()) return std::nullopt;
  return out;
}

Outcome<SignedMessage> decode(const Version& version, std::string_view text) {
  if (version.small_kex_message_named && text.size() < magic_size)
    return Refused{"Kex message unexpectedly small."};
  if (text.empty()) return Refused{"Kex message unexpectedly empty."};
  if (text.starts_with("MultisigV1") || text.starts_with("MultisigxV1"))
    return Refused{"V1 multisig kex messages are deprecated (unsafe)."};
  if (text.size() < magic_size)
    return Refused{"basic_string::substr: __pos (which is " + std::to_string(magic_size) +
                   ") > this->size() (which is " + std::to_string(text.size()) + ")"};

  const std::optional<std::string> payload = base58_decode(text.substr(magic_size));
  if (!payload) return Refused{"Multisig kex msg decoding error."};
  const bool first_round = text.starts_with(first_round_magic);
  if (!first_round && !text.starts_with(later_round_magic))
    return Refused{"Only v2 multisig kex messages are supported."};
  std::optional<SignedMessage> unpacked = unpack(*payload, first_round);
  if (!unpacked) return Refused{"Deserializing kex msg failed."};
  if (!first_round && unpacked->message.round <= 1)
    return Refused{"Invalid kex message round (must be > 1 for the general msg type)."};
  return std::move(*unpacked);
}

}  // namespace

std::string write_kex_message(const KeyScheme& scheme, const KexMessage& message,
                              const Scalar& signing_secret, RandomStream& random) {
  assert(message.signer == scheme.public_key(signing_secret));
  assert(message.round == 1 ? message.keys.empty() : !message.keys.empty());

  constexpr std::size_t numbers_and_signature = 5 * sizeof(Bytes32);
  ByteWriter writer(numbers_and_signature + message.keys.size() * sizeof(Bytes32));
  if (message.round == 1) {
    writer.blob(message.common_secret);
  } else {
    writer.varint(message.round);
    writer.varint(message.keys.size());
    for (const PublicKey& key : message.keys) writer.blob(key.bytes);
  }
  const Signature signature = sign(scheme, hash_to_sign(message), signing_secret, random);
  writer.blob(message.signer.bytes);
  writer.blob(signature.c.bytes);
  writer.blob(signature.r.bytes);
  return std::string(magic_of(message.round)) + base58_encode(writer.bytes());
}

Outcome<KexMessage> read_kex_message(const KeyScheme& scheme, const Version& version,
                                     std::string_view text) {
  Outcome<SignedMessage> decoded = decode(version, text);
  if (!decoded) return decoded.error();
  const KexMessage& message = decoded->message;

  for (const PublicKey& key : message.keys) {
    if (key == PublicKey() || key == scheme.identity())
      return Refused{"Pubkey from message was invalid."};
    if (!scheme.in_prime_subgroup(key))
      return Refused{"Pubkey from message was not in prime subgroup."};
  }
  if (message.signer == PublicKey() || message.signer == scheme.identity())
    return Refused{"Message signing key was invalid."};
  if (!scheme.in_prime_subgroup(message.signer))
    return Refused{"Message signing key was not in prime subgroup."};
  if (!verify(scheme, hash_to_sign(message), message.signer, decoded->signature))
    return Refused{"Multisig kex msg signature invalid."};
  return std::move(decoded->message);
}

}  // namespace escrowstorm::mockrpc
