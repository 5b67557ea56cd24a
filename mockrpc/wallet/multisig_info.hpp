// What export_multisig_info tells the other participants of each output that the wallet knows: what
// they need for its key image, and nonces for one spend with each group of signers. Laid out as
// monero's wallet2::export_multisig lays it out. Values and pure functions; what is read may be
// anything.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mockrpc/keys/key_scheme.hpp"

namespace escrowstorm::mockrpc {

struct MultisigOutputInfo {
  PublicKey signer;
  std::vector<Bytes32> nonces;  // as they look from outside
  std::vector<Bytes32> partial_key_images;

  friend bool operator==(const MultisigOutputInfo&, const MultisigOutputInfo&) = default;
};

struct MultisigInfo {
  PublicKey spend_key;  // the group's
  PublicKey view_key;
  PublicKey signer;
  std::string body;  // see below

  friend bool operator==(const MultisigInfo&, const MultisigInfo&) = default;
};

std::string write_multisig_info(const MultisigInfo& info);
// Nothing when it is too short. The body is read apart, once it is known whose it is.
std::optional<MultisigInfo> read_multisig_info(std::string_view bytes);

std::string write_output_infos(const std::vector<MultisigOutputInfo>& outputs);
std::optional<std::vector<MultisigOutputInfo>> read_output_infos(std::string_view bytes);

// Nonces for one attempt: CLSAG with two of them for each input (monero's kAlphaComponents).
inline constexpr std::size_t nonces_per_attempt = 2;

// How many nonces an output needs for one spend with each group of `threshold` signers that its
// owner belongs to. REQUIRES: 1 <= threshold <= signers.
std::size_t nonces_per_output(std::size_t threshold, std::size_t signers);

}  // namespace escrowstorm::mockrpc
