#include "mockrpc/wallet/tx_weight.hpp"

#include <bit>

namespace escrowstorm::mockrpc {
namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t clsag_bytes = key_bytes * ring_size + 2 * key_bytes;
constexpr std::size_t ecdh_bytes = 8;
constexpr std::size_t view_tag_bytes = 1;

// A range proof is for a power of two of outputs.
std::size_t log_padded(std::size_t outputs, std::size_t least) {
  std::size_t log = least;
  while ((std::size_t{1} << log) < outputs) ++log;
  return log;
}

std::size_t range_proof_bytes(std::size_t log_outputs) {
  return key_bytes * (6 + 2 * (6 + log_outputs));
}

}  // namespace

std::uint64_t clawback_of(std::size_t outputs) {
  if (outputs <= 2) return 0;
  const std::size_t log = log_padded(outputs, 2);
  const std::uint64_t base = range_proof_bytes(1) / 2;
  return (base * (std::uint64_t{1} << log) - range_proof_bytes(log)) * 4 / 5;
}

std::uint64_t estimated_size(std::size_t inputs, std::size_t outputs, std::size_t extra_bytes) {
  const std::size_t prefix =
      1 + 6 + inputs * (1 + 6 + 2 * ring_size + key_bytes) + outputs * (6 + key_bytes);
  const std::size_t proofs = range_proof_bytes(log_padded(outputs, 0)) + 3 + inputs * clsag_bytes;
  const std::size_t amounts =
      outputs * (view_tag_bytes + ecdh_bytes + key_bytes) + inputs * key_bytes;
  constexpr std::size_t type_and_fee = 1 + 4;
  return prefix + extra_bytes + proofs + amounts + type_and_fee;
}

std::uint64_t estimated_weight(std::size_t inputs, std::size_t outputs, std::size_t extra_bytes) {
  return estimated_size(inputs, outputs, extra_bytes) + clawback_of(outputs);
}

std::uint64_t weight_of(const TxShape& shape, Amount fee) {
  constexpr std::size_t input_bytes = 1 + 1 + 1 + key_bytes;  // type, amount, count of members
  constexpr std::size_t output_bytes = 1 + 1 + key_bytes + view_tag_bytes;
  const std::size_t prefix = 1 + varint_bytes(shape.unlock_time) + varint_bytes(shape.inputs) +
                             shape.inputs * input_bytes + shape.offset_bytes +
                             varint_bytes(shape.outputs) + shape.outputs * output_bytes +
                             varint_bytes(shape.extra_bytes) + shape.extra_bytes;
  const std::size_t base =
      1 + varint_bytes(fee.atomic()) + shape.outputs * (ecdh_bytes + key_bytes);
  constexpr std::size_t proof_counts = 3;
  const std::size_t prunable = range_proof_bytes(log_padded(shape.outputs, 0)) + proof_counts +
                               shape.inputs * (clsag_bytes + key_bytes);
  return prefix + base + prunable + clawback_of(shape.outputs);
}

std::size_t extra_bytes_of(std::size_t outputs, bool payment_id, bool additional_keys) {
  std::size_t bytes = 1 + key_bytes;
  if (payment_id || outputs <= 2) bytes += payment_id_extra_bytes;
  if (additional_keys) bytes += 1 + varint_bytes(outputs) + outputs * key_bytes;
  return bytes;
}

std::size_t varint_bytes(std::uint64_t number) {
  return number == 0 ? 1 : (static_cast<std::size_t>(std::bit_width(number)) + 6) / 7;
}

std::size_t offset_bytes_of(std::span<const std::uint64_t> members) {
  std::size_t bytes = 0;
  std::uint64_t before = 0;
  for (const std::uint64_t member : members) {
    bytes += varint_bytes(member - before);
    before = member;
  }
  return bytes;
}

}  // namespace escrowstorm::mockrpc
