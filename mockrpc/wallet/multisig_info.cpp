#include "mockrpc/wallet/multisig_info.hpp"

#include <algorithm>

#include "mockrpc/keys/byte_io.hpp"
#include "mockrpc/keys/keccak.hpp"

namespace escrowstorm::mockrpc {
namespace {

// Beside each nonce stands its image in another base, which nothing here is computed with.
Bytes32 other_half(const Bytes32& nonce) { return keccak256(view_of(nonce)); }

std::size_t combinations(std::size_t chosen, std::size_t of) {
  std::size_t count = 1;
  for (std::size_t i = 0; i < chosen; ++i) count = count * (of - i) / (i + 1);
  return count;
}

void write(ByteWriter& out, const MultisigOutputInfo& info) {
  out.blob(info.signer.bytes);
  out.varint(info.nonces.size());
  for (const Bytes32& nonce : info.nonces) {
    out.blob(nonce);
    out.blob(other_half(nonce));
  }
  out.varint(info.partial_key_images.size());
  for (const Bytes32& image : info.partial_key_images) out.blob(image);
}

MultisigOutputInfo read(ByteReader& in) {
  MultisigOutputInfo info;
  info.signer.bytes = in.bytes32();
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    info.nonces.push_back(in.bytes32());
    in.bytes32();
  }
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left)
    info.partial_key_images.push_back(in.bytes32());
  return info;
}

}  // namespace

std::string write_multisig_info(const MultisigInfo& info) {
  ByteWriter out;
  out.blob(info.spend_key.bytes);
  out.blob(info.view_key.bytes);
  out.blob(info.signer.bytes);
  out.blob(info.body);
  return std::move(out).take();
}

std::optional<MultisigInfo> read_multisig_info(std::string_view bytes) {
  constexpr std::size_t header_bytes = 3 * 32;
  ByteReader in(bytes);
  MultisigInfo info;
  info.spend_key.bytes = in.bytes32();
  info.view_key.bytes = in.bytes32();
  info.signer.bytes = in.bytes32();
  if (!in.ok()) return std::nullopt;
  info.body = bytes.substr(header_bytes);
  return info;
}

std::string write_output_infos(const std::vector<MultisigOutputInfo>& outputs) {
  ByteWriter out;
  out.varint(outputs.size());
  for (const MultisigOutputInfo& output : outputs) write(out, output);
  return std::move(out).take();
}

std::optional<std::vector<MultisigOutputInfo>> read_output_infos(std::string_view bytes) {
  ByteReader in(bytes);
  std::vector<MultisigOutputInfo> outputs;
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) outputs.push_back(read(in));
  if (!in.at_end()) return std::nullopt;
  return outputs;
}

std::size_t nonces_per_output(std::size_t threshold, std::size_t signers) {
  return combinations(signers - threshold, signers - 1) * nonces_per_attempt;
}

}  // namespace escrowstorm::mockrpc
