// A transaction as the mock's chain knows it. The chain is clear where the real one is not: amounts
// and recipients stand in it, and wallets look only at what the real one could find out. Values;
// blocks and pool share them as shared_ptr<const Transaction>.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/amount.hpp"
#include "mockrpc/keys/curve_point.hpp"

namespace escrowstorm::mockrpc {

using PaymentId = std::array<unsigned char, 8>;

struct TxOutput {
  CurvePoint recipient;  // the public spend key of the address or subaddress that it pays
  Bytes32 key{};         // its one-time key
  Amount amount;

  friend bool operator==(const TxOutput&, const TxOutput&) = default;
};

// What spending the output shows and only once. Anyone could compute it here; a wallet uses it when
// the real one would know it.
Bytes32 key_image_of(const TxOutput& output);

struct Transaction {
  Bytes32 hash{};
  bool coinbase = false;
  std::uint64_t unlock_time = 0;    // a height, or seconds since 1970 from 500,000,000 on
  std::vector<Bytes32> key_images;  // of what it spends; none for a coinbase
  std::vector<TxOutput> outputs;
  Amount fee;
  std::uint64_t weight = 0;
  std::optional<PaymentId> payment_id;

  friend bool operator==(const Transaction&, const Transaction&) = default;
};

}  // namespace escrowstorm::mockrpc
