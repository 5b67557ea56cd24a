// What the participants of a multisig wallet tell each other about its outputs.
#include <algorithm>
#include <cassert>
#include <set>

#include "mockrpc/keys/keccak.hpp"
#include "mockrpc/wallet/multisig_info.hpp"
#include "mockrpc/wallet/multisig_signing.hpp"
#include "mockrpc/wallet/seal.hpp"
#include "mockrpc/wallet/wallet.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::string_view magic = "Monero multisig export\x01";

// What one of our key shares adds to the output's key image.
Bytes32 partial_key_image(const Scalar& share, const OwnedOutput& output) {
  std::string bytes("partial key image");
  bytes.append(view_of(share.bytes)).append(view_of(output.key));
  return keccak256(bytes);
}

// As many outputs as all sources know.
std::size_t common_outputs(const MultisigRescan& rescan) {
  std::size_t count = rescan.nonces.size();
  for (const auto& source : rescan.infos) count = std::min(count, source.size());
  return count;
}

Outcome<void> check_signers(const MultisigRescan& rescan, const std::vector<PublicKey>& members,
                            std::size_t outputs) {
  for (const auto& source : rescan.infos) {
    const PublicKey& signer = source.front().signer;
    if (std::count(members.begin(), members.end(), signer) == 0)
      return Refused{"Signer is not a member of this multisig wallet"};
    for (std::size_t i = 1; i < outputs; ++i)
      if (source[i].signer != signer)
        return Refused{"Mismatched signers in imported multisig info"};
  }
  return {};
}

}  // namespace

std::string Wallet::export_multisig_info(RandomStream& random) {
  assert(keys_.multisig && kex_is_complete(*keys_.multisig));
  MultisigInfo info;
  info.spend_key = spend_key();
  info.view_key = view_key();
  info.signer = host_.keys->public_key(keys_.spend_secret);
  const std::size_t nonces =
      nonces_per_output(keys_.multisig->threshold, keys_.multisig->signers.size());
  std::vector<MultisigOutputInfo> outputs;
  for (OwnedOutput& output : cache_.money.outputs) {
    renew_nonces(output, nonces, random);
    MultisigOutputInfo& told = outputs.emplace_back();
    told.signer = info.signer;
    for (const Bytes32& nonce : output.nonces)
      told.nonces.push_back(public_nonce(*host_.keys, nonce));
    for (const Scalar& share : keys_.multisig->key_shares)
      told.partial_key_images.push_back(partial_key_image(share, output));
  }
  info.body = write_output_infos(outputs);
  return std::string(magic) +
         seal(*host_.keys, write_multisig_info(info), keys_.view_secret, random);
}

Outcome<std::uint64_t> Wallet::import_multisig_info(const std::vector<std::string>& infos) {
  assert(keys_.multisig && kex_is_complete(*keys_.multisig));
  const bool keeps = host_.version->keeps_imported_infos;
  if (keeps && !rescan_.infos.empty() && !rescan_.nonces.empty())
    if (auto looked = look_again(); !looked) return looked.error();
  Outcome<std::uint64_t> imported = take_infos(infos);
  if (!keeps) rescan_ = {};
  return imported;
}

Outcome<std::uint64_t> Wallet::take_infos(const std::vector<std::string>& infos) {
  if (auto read = read_infos(infos); !read) return read.error();
  const std::size_t sources = rescan_.infos.size() + 1;
  if (sources > keys_.multisig->signers.size() || sources < keys_.multisig->threshold)
    return Refused{"Wrong number of multisig sources"};

  std::vector<OwnedOutput>& outputs = cache_.money.outputs;
  for (const OwnedOutput& output : outputs) rescan_.nonces.push_back(output.nonces);
  const std::size_t count = common_outputs(rescan_);
  if (count == 0) return std::uint64_t{0};
  if (auto checked = check_signers(rescan_, keys_.multisig->signers, count); !checked)
    return checked.error();
  for (auto& source : rescan_.infos) source.resize(count);
  std::sort(rescan_.infos.begin(), rescan_.infos.end(),
            [](const auto& a, const auto& b) { return a.front().signer < b.front().signer; });

  // From the first output on whose key image was not known, blocks are looked at again: what they
  // spend could not be told before.
  const auto end = outputs.begin() + static_cast<std::ptrdiff_t>(count);
  const auto partial = std::find_if(
      outputs.begin(), end, [](const OwnedOutput& output) { return output.key_image_partial; });
  if (partial != end) detach(cache_.money, partial->height);
  for (std::size_t i = 0; i < std::min(count, outputs.size()); ++i)
    complete(rescan_, i, outputs[i]);
  if (auto looked = look_again(); !looked) return looked.error();
  return std::uint64_t{count};
}

Outcome<void> Wallet::read_infos(const std::vector<std::string>& infos) {
  const PublicKey self = host_.keys->public_key(keys_.spend_secret);
  std::set<PublicKey> seen;
  for (const std::string& sealed : infos) {
    if (!sealed.starts_with(magic)) return Refused{"Bad multisig info file magic in "};
    const Outcome<std::string> plain =
        unseal(*host_.keys, std::string_view(sealed).substr(magic.size()), keys_.view_secret);
    if (!plain) return plain.error();
    const std::optional<MultisigInfo> info = read_multisig_info(*plain);
    if (!info) return Refused{"Bad data size"};
    if (info->spend_key != spend_key() || info->view_key != view_key())
      return Refused{"Multisig info is for a different account"};
    if (info->signer == self || !seen.insert(info->signer).second) continue;
    auto outputs = read_output_infos(info->body);
    if (!outputs) return Refused{"Failed to load output data"};
    rescan_.infos.push_back(std::move(*outputs));
  }
  return {};
}

// The real one begins the first refresh of an import at a multiple of 1024 blocks. Where it kept no
// hashes from so far below it begins with the first block of all, finds that it does not know it,
// and in its second attempt takes the blocks for fetched already (wallet2::refresh, `last`).
bool Wallet::loses_its_place() const {
  constexpr std::uint64_t granularity = 1024;
  return host_.version->import_may_lose_blocks && !refreshed_ && hashes_from_ > 0 &&
         cache_.money.height / granularity * granularity <= hashes_from_;
}

Outcome<void> Wallet::look_again() {
  if (host_.offline) return {};
  if (chain() == nullptr) return Refused{"no connection to daemon"};
  if (loses_its_place()) {
    Lookout view = lookout();
    refresh_without_blocks(view);
    refreshed_ = true;
    return {};
  }
  if (auto refreshed = refresh(0); !refreshed) return refreshed.error();
  return {};
}

}  // namespace escrowstorm::mockrpc
