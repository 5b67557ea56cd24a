#include "mockrpc/chain/transaction_bytes.hpp"

#include <algorithm>

namespace escrowstorm::mockrpc {
namespace {

constexpr std::string_view blob_magic = "ESBLOB\x01\n";

Amount read_amount(ByteReader& in) { return Amount::from_atomic(in.varint()); }

}  // namespace

void write_transaction(ByteWriter& out, const Transaction& tx) {
  out.varint(tx.unlock_time);
  out.varint(tx.key_images.size());
  for (const Bytes32& image : tx.key_images) out.blob(image);
  out.varint(tx.outputs.size());
  for (const TxOutput& output : tx.outputs) {
    out.blob(output.recipient.bytes);
    out.blob(output.key);
    out.varint(output.amount.atomic());
  }
  out.varint(tx.fee.atomic());
  out.varint(tx.weight);
  out.varint(tx.payment_id ? 1 : 0);
  if (tx.payment_id) out.blob(view_of(*tx.payment_id));
}

Transaction read_transaction(ByteReader& in) {
  Transaction tx;
  tx.unlock_time = in.varint();
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left)
    tx.key_images.push_back(in.bytes32());
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    TxOutput output;
    output.recipient.bytes = in.bytes32();
    output.key = in.bytes32();
    output.amount = read_amount(in);
    tx.outputs.push_back(output);
  }
  tx.fee = read_amount(in);
  tx.weight = in.varint();
  if (in.varint(1) != 0) {
    const std::string_view id = in.blob(sizeof(PaymentId));
    std::copy(id.begin(), id.end(), tx.payment_id.emplace().begin());
  }
  return tx;
}

std::string transaction_blob(const Transaction& tx, std::size_t bytes) {
  ByteWriter out;
  out.blob(blob_magic);
  out.blob(tx.hash);
  write_transaction(out, tx);
  std::string blob = std::move(out).take();
  if (blob.size() < bytes) blob.resize(bytes, '\0');
  return blob;
}

std::optional<Transaction> read_transaction_blob(std::string_view blob) {
  ByteReader in(blob);
  if (in.blob(blob_magic.size()) != blob_magic) return std::nullopt;
  const Bytes32 hash = in.bytes32();
  Transaction tx = read_transaction(in);
  if (!in.ok() || !in.only_zeros_left() || tx.weight == 0) return std::nullopt;
  tx.hash = hash;
  return tx;
}

}  // namespace escrowstorm::mockrpc
