#include "mockrpc/chain/blob.hpp"

#include <algorithm>
#include <boost/assert.hpp>

#include "mockrpc/chain/emission.hpp"
#include "mockrpc/keys/byte_io.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/keys/keccak.hpp"

namespace escrowstorm::mockrpc {
namespace {

// Tags of the binary form.
constexpr char generated_input = '\xff';
constexpr char tagged_key_output = 3;
constexpr char rct_type_none = 0;
constexpr std::uint64_t extra_key = 1;
constexpr std::uint64_t extra_nonce = 2;
constexpr char encrypted_payment_id = 1;

constexpr std::string_view first_coinbase_hex =
    "013c01ff0001ffffffffffff03029b2e4c0281c0b02e7c53291a94d1d0cbff8883f8024f5142ee494ffbbd08807121"
    "017767aafcde9be00dcfd098715ebcf7f410daebc582fda69d24a28e9d0bc890d1";
constexpr std::size_t first_key_offset = 14;  // of the output's key in it
constexpr std::uint64_t first_reward = 17'592'186'044'415;
constexpr std::uint32_t first_nonce = 10'000;
constexpr std::size_t first_extra_offset = 47;
constexpr std::uint32_t hard_fork = 16;  // of all blocks but the first

std::string first_coinbase_blob() { return *from_hex(first_coinbase_hex); }

Bytes32 derived(std::string_view purpose, const Bytes32& key) {
  std::string bytes(purpose);
  bytes.append(view_of(key));
  return keccak256(bytes);
}

std::string pair_of(const Bytes32& a, const Bytes32& b) {
  std::string bytes(view_of(a));
  bytes.append(view_of(b));
  return bytes;
}

void write_header(ByteWriter& out, const Block& block) {
  out.varint(major_version(block));
  out.varint(minor_version(block));
  out.varint(block.timestamp);
  out.blob(block.previous);
  for (int shift = 0; shift < 32; shift += 8)
    out.blob(std::string(1, static_cast<char>(block.nonce >> shift)));
}

}  // namespace

Block first_block() {
  const std::string blob = first_coinbase_blob();
  auto coinbase = std::make_shared<Transaction>();
  coinbase->hash = keccak256(blob);
  coinbase->coinbase = true;
  coinbase->unlock_time = coinbase_lock_blocks;
  coinbase->weight = blob.size();
  TxOutput output;
  output.amount = Amount::from_atomic(first_reward);
  std::copy_n(blob.begin() + first_key_offset, output.key.size(), output.key.begin());
  coinbase->outputs.push_back(output);

  Block block;
  block.nonce = first_nonce;
  block.reward = output.amount;
  block.generated = output.amount;
  block.coinbase = std::move(coinbase);
  block.hash = block_hash(block);
  return block;
}

Bytes32 transaction_key(const Transaction& transaction) {
  return derived("transaction key", transaction.outputs.front().key);
}

unsigned char view_tag(const TxOutput& output) { return derived("view tag", output.key).front(); }

// The transaction's key, then a nonce of one zero byte.
std::string coinbase_extra(const Transaction& coinbase, std::uint64_t height) {
  if (height == 0) return first_coinbase_blob().substr(first_extra_offset);
  ByteWriter out;
  out.varint(extra_key);
  out.blob(transaction_key(coinbase));
  out.varint(extra_nonce);
  out.text(std::string(1, '\0'));
  return std::move(out).take();
}

std::string transaction_extra(const Transaction& transaction) {
  ByteWriter out;
  out.varint(extra_key);
  out.blob(transaction_key(transaction));
  std::string nonce(1, encrypted_payment_id);
  const PaymentId id = transaction.payment_id.value_or(PaymentId{});
  nonce.append(view_of(id));
  out.varint(extra_nonce);
  out.text(nonce);
  return std::move(out).take();
}

std::uint32_t major_version(const Block& block) { return block.height == 0 ? 1 : hard_fork; }

std::uint32_t minor_version(const Block& block) { return block.height == 0 ? 0 : hard_fork; }

std::string coinbase_blob(const Transaction& coinbase, std::uint64_t height) {
  BOOST_ASSERT(coinbase.coinbase && coinbase.outputs.size() == 1);
  if (height == 0) return first_coinbase_blob();
  const TxOutput& output = coinbase.outputs.front();
  ByteWriter out;
  out.varint(2);  // version
  out.varint(coinbase.unlock_time);
  out.varint(1);
  out.blob(std::string(1, generated_input));
  out.varint(height);
  out.varint(1);
  out.varint(output.amount.atomic());
  out.blob(std::string(1, tagged_key_output));
  out.blob(output.key);
  out.blob(std::string(1, static_cast<char>(view_tag(output))));
  out.text(coinbase_extra(coinbase, height));
  out.blob(std::string(1, rct_type_none));
  return std::move(out).take();
}

Bytes32 coinbase_hash(std::string_view blob) {
  std::string parts(view_of(keccak256(blob.substr(0, blob.size() - 1))));
  parts.append(view_of(keccak256(blob.substr(blob.size() - 1))));
  parts.append(view_of(Bytes32{}));  // it has nothing that could be pruned
  return keccak256(parts);
}

std::string block_blob(const Block& block) {
  ByteWriter out;
  write_header(out, block);
  out.blob(coinbase_blob(*block.coinbase, block.height));
  out.varint(block.transactions.size());
  for (const auto& transaction : block.transactions) out.blob(transaction->hash);
  return std::move(out).take();
}

Bytes32 block_hash(const Block& block) {
  std::vector<Bytes32> hashes{block.coinbase->hash};
  for (const auto& transaction : block.transactions) hashes.push_back(transaction->hash);
  ByteWriter body;
  write_header(body, block);
  body.blob(tree_hash(hashes));
  body.varint(hashes.size());
  ByteWriter sized;
  sized.text(body.bytes());
  return keccak256(sized.bytes());
}

Bytes32 tree_hash(std::span<const Bytes32> hashes) {
  BOOST_ASSERT(!hashes.empty());
  if (hashes.size() == 1) return hashes.front();
  std::size_t width = 1;
  while (2 * width < hashes.size()) width *= 2;
  // The first ones go up as they are, so that pairs of the others leave a power of two.
  const std::size_t kept = 2 * width - hashes.size();
  std::vector<Bytes32> level(hashes.begin(), hashes.begin() + static_cast<std::ptrdiff_t>(kept));
  for (std::size_t i = kept; i < hashes.size(); i += 2)
    level.push_back(keccak256(pair_of(hashes[i], hashes[i + 1])));
  while (level.size() > 1) {
    for (std::size_t i = 0; i < level.size() / 2; ++i)
      level[i] = keccak256(pair_of(level[2 * i], level[2 * i + 1]));
    level.resize(level.size() / 2);
  }
  return level.front();
}

std::uint64_t block_weight(const Block& block) {
  std::uint64_t weight = block.coinbase->weight;
  for (const auto& transaction : block.transactions) weight += transaction->weight;
  return weight;
}

}  // namespace escrowstorm::mockrpc
