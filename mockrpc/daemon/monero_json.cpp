#include "mockrpc/daemon/monero_json.hpp"

#include <algorithm>

#include "mockrpc/chain/blob.hpp"
#include "mockrpc/daemon/hex_form.hpp"
#include "mockrpc/daemon/json_archive.hpp"
#include "mockrpc/keys/keccak.hpp"

namespace escrowstorm::mockrpc::daemonrpc {
namespace {

constexpr std::uint64_t ring_size = 16;
constexpr std::uint64_t rct_type_bulletproof_plus = 6;
constexpr std::size_t hidden_amount_bytes = 8;

Bytes32 derived(std::string_view purpose, const Bytes32& from) {
  std::string bytes(purpose);
  bytes.append(view_of(from));
  return keccak256(bytes);
}

void number(JsonArchive& out, std::string_view key, std::uint64_t value) {
  out.key(key);
  out.number(value);
}

void text(JsonArchive& out, std::string_view key, std::string_view value) {
  out.key(key);
  out.text(value);
}

void numbers(JsonArchive& out, std::string_view key, const std::vector<std::uint64_t>& values) {
  out.key(key);
  out.begin_array();
  for (const std::uint64_t value : values) {
    out.element();
    out.number(value);
  }
  out.end_array();
}

void bytes(JsonArchive& out, std::string_view key, std::string_view values) {
  std::vector<std::uint64_t> codes;
  for (const char c : values) codes.push_back(static_cast<unsigned char>(c));
  numbers(out, key, codes);
}

void outputs(JsonArchive& out, const Transaction& transaction, bool tagged) {
  out.key("vout");
  out.begin_array();
  for (const TxOutput& output : transaction.outputs) {
    out.element();
    out.begin_object();
    number(out, "amount", transaction.coinbase ? output.amount.atomic() : 0);
    out.key("target");
    out.begin_object();
    if (tagged) {
      const unsigned char tag = view_tag(output);
      out.key("tagged_key");
      out.begin_object();
      text(out, "key", hex_of(output.key));
      text(out, "view_tag", to_hex({reinterpret_cast<const char*>(&tag), 1}));
      out.end_object();
    } else {
      text(out, "key", hex_of(output.key));
    }
    out.end_object();
    out.end_object();
  }
  out.end_array();
}

// The first coinbase is of the first version of transactions.
void coinbase(JsonArchive& out, const Transaction& transaction, std::uint64_t height, bool pruned) {
  const bool first = height == 0;
  out.begin_object();
  number(out, "version", first ? 1 : 2);
  number(out, "unlock_time", transaction.unlock_time);
  out.key("vin");
  out.begin_array();
  out.element();
  out.begin_object();
  out.key("gen");
  out.begin_object();
  number(out, "height", height);
  out.end_object();
  out.end_object();
  out.end_array();
  outputs(out, transaction, !first);
  bytes(out, "extra", coinbase_extra(transaction, height));
  if (first && !pruned) {
    out.key("signatures");
    out.begin_array();
    out.end_array();
  } else if (!first) {
    out.key("rct_signatures");
    out.begin_object();
    number(out, "type", 0);
    out.end_object();
  }
  out.end_object();
}

// The ring around the output that is spent: the first index, then the distances.
std::vector<std::uint64_t> ring_offsets(const Chain& chain, const Bytes32& key_image) {
  const OutputPlace* spent = chain.output_of(key_image);
  if (!spent) return std::vector<std::uint64_t>(1, 0);  // a reorganisation took it away
  const std::uint64_t count = chain.outputs_below(chain.height());
  const std::uint64_t wanted =
      spent->global_index -
      std::min<std::uint64_t>(spent->global_index, key_image.front() % ring_size);
  const std::uint64_t begin = std::min(wanted, count - std::min(count, ring_size));
  std::vector<std::uint64_t> offsets(std::min(count, ring_size), 1);
  offsets.front() = begin;
  return offsets;
}

void inputs(JsonArchive& out, const Chain& chain, const Transaction& transaction) {
  out.key("vin");
  out.begin_array();
  for (const Bytes32& key_image : transaction.key_images) {
    out.element();
    out.begin_object();
    out.key("key");
    out.begin_object();
    number(out, "amount", 0);
    numbers(out, "key_offsets", ring_offsets(chain, key_image));
    text(out, "k_image", hex_of(key_image));
    out.end_object();
    out.end_object();
  }
  out.end_array();
}

void rct_base(JsonArchive& out, const Transaction& transaction) {
  out.key("rct_signatures");
  out.begin_object();
  number(out, "type", rct_type_bulletproof_plus);
  number(out, "txnFee", transaction.fee.atomic());
  out.key("ecdhInfo");
  out.begin_array();
  for (const TxOutput& output : transaction.outputs) {
    out.element();
    out.begin_object();
    const Bytes32 hidden = derived("hidden amount", output.key);
    text(out, "amount", to_hex(view_of(hidden).substr(0, hidden_amount_bytes)));
    out.end_object();
  }
  out.end_array(JsonArchive::Close::on_same_line);
  out.key("outPk");
  out.begin_array();
  for (const TxOutput& output : transaction.outputs) {
    out.element();
    out.text(hex_of(derived("commitment", output.key)));
  }
  out.end_array(JsonArchive::Close::on_same_line);
  out.end_object();
}

}  // namespace

std::string block_json(const Block& block) {
  JsonArchive out;
  out.begin_object();
  number(out, "major_version", major_version(block));
  number(out, "minor_version", minor_version(block));
  number(out, "timestamp", block.timestamp);
  text(out, "prev_id", hex_of(block.previous));
  number(out, "nonce", block.nonce);
  out.key("miner_tx");
  coinbase(out, *block.coinbase, block.height, false);
  out.key("tx_hashes");
  out.begin_array();
  for (const auto& transaction : block.transactions) {
    out.element();
    out.text(hex_of(transaction->hash));
  }
  out.end_array();
  out.end_object();
  return std::move(out).take();
}

std::string transaction_json(const Chain& chain, const FoundTransaction& found) {
  const Transaction& transaction = *found.transaction;
  JsonArchive out;
  if (transaction.coinbase) {
    coinbase(out, transaction, *found.height, true);
    return std::move(out).take();
  }
  out.begin_object();
  number(out, "version", 2);
  number(out, "unlock_time", transaction.unlock_time);
  inputs(out, chain, transaction);
  outputs(out, transaction, true);
  bytes(out, "extra", transaction_extra(transaction));
  rct_base(out, transaction);
  out.end_object();
  return std::move(out).take();
}

}  // namespace escrowstorm::mockrpc::daemonrpc
