#include "mockrpc/chain/transaction_bytes.hpp"

#include <algorithm>

#include "mockrpc/keys/byte_io.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::string_view magic = "escrowstorm transaction 1";

void write_output(ByteWriter& out, const TxOutput& output) {
  out.blob(output.recipient.bytes);
  out.blob(output.key);
  out.varint(output.amount.atomic());
}

TxOutput read_output(ByteReader& in) {
  TxOutput output;
  output.recipient.bytes = in.bytes32();
  output.key = in.bytes32();
  output.amount = Amount::from_atomic(in.varint());
  return output;
}

}  // namespace

std::string write_transaction(const Transaction& transaction) {
  ByteWriter out;
  out.blob(magic);
  out.blob(transaction.hash);
  out.varint(transaction.unlock_time);
  out.varint(transaction.key_images.size());
  for (const Bytes32& key_image : transaction.key_images) out.blob(key_image);
  out.varint(transaction.outputs.size());
  for (const TxOutput& output : transaction.outputs) write_output(out, output);
  out.varint(transaction.fee.atomic());
  out.varint(transaction.weight);
  std::string payment_id;
  if (transaction.payment_id)
    payment_id.assign(transaction.payment_id->begin(), transaction.payment_id->end());
  out.text(payment_id);
  return std::move(out).take();
}

std::optional<Transaction> read_transaction(std::string_view bytes) {
  if (!bytes.starts_with(magic)) return std::nullopt;
  ByteReader in(bytes.substr(magic.size()));
  Transaction transaction;
  transaction.hash = in.bytes32();
  transaction.unlock_time = in.varint();
  const std::size_t inputs = in.count();
  for (std::size_t i = 0; i < inputs && in.ok(); ++i)
    transaction.key_images.push_back(in.bytes32());
  const std::size_t outputs = in.count();
  for (std::size_t i = 0; i < outputs && in.ok(); ++i)
    transaction.outputs.push_back(read_output(in));
  transaction.fee = Amount::from_atomic(in.varint());
  transaction.weight = in.varint();
  const std::string_view payment_id = in.text();
  if (!in.at_end()) return std::nullopt;
  if (!payment_id.empty()) {
    PaymentId id{};
    if (payment_id.size() != id.size()) return std::nullopt;
    std::copy(payment_id.begin(), payment_id.end(), id.begin());
    transaction.payment_id = id;
  }
  return transaction;
}

}  // namespace escrowstorm::mockrpc
