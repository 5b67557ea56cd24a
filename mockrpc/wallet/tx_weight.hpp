// What a transaction weighs: as wallet2 estimates it before it is made, and as it comes out. Weight
// is size in bytes, and for more than two outputs most of what their common range proof saves.
// Follows monero's wallet2 (estimate_rct_tx_size) and cryptonote_format_utils
// (get_transaction_weight) for transactions of hard fork 16. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/amount.hpp"

namespace escrowstorm::mockrpc {

inline constexpr std::size_t ring_size = 16;
inline constexpr std::size_t tx_outputs_max = 16;
// A transaction that would weigh as much is refused; when it would weigh two thirds of it, what is
// left goes into another.
inline constexpr std::uint64_t tx_weight_limit = 300'000 / 2 - 600;
inline constexpr std::uint64_t tx_weight_target = tx_weight_limit * 2 / 3;

// A payment id in the extra field.
inline constexpr std::size_t payment_id_extra_bytes = 11;

struct TxShape {
  std::size_t inputs = 0;
  std::size_t outputs = 0;       // with change or dummy
  std::size_t extra_bytes = 0;   // of the extra field
  std::size_t offset_bytes = 0;  // of the indices of all ring members, as varints
  std::uint64_t unlock_time = 0;
};

// `extra_bytes` as wallet2 knows them beforehand: of a payment id that was asked for.
std::uint64_t estimated_weight(std::size_t inputs, std::size_t outputs, std::size_t extra_bytes);
std::uint64_t estimated_size(std::size_t inputs, std::size_t outputs, std::size_t extra_bytes);

std::uint64_t weight_of(const TxShape& shape, Amount fee);
// What of a transaction's weight is no size.
std::uint64_t clawback_of(std::size_t outputs);

// The size of the extra field: the transaction's key, a payment id (a dummy one with at most two
// outputs), and a key for each output when it pays to more kinds of addresses than one.
std::size_t extra_bytes_of(std::size_t outputs, bool payment_id, bool additional_keys);

std::size_t varint_bytes(std::uint64_t number);
// Of the members of one ring, in rising order: the first, and how far it is from each to the next.
std::size_t offset_bytes_of(std::span<const std::uint64_t> members);

}  // namespace escrowstorm::mockrpc
