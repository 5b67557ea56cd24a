// What became of the money that came to an address, as the mock's chain tells, blocks and pool.
// Plain functions; they cost what came to that address.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "mockrpc/chain/chain.hpp"

namespace escrowstorm::sim {

struct AddressHistory {
  std::uint64_t unspent = 0;  // atomic units
  // What spends the rest, each once.
  std::vector<std::shared_ptr<const mockrpc::Transaction>> spends;
};

// Of an address of any network; nothing of what is none.
std::optional<mockrpc::CurvePoint> recipient_of(std::string_view address);

AddressHistory history_of(const mockrpc::Chain& chain, const mockrpc::CurvePoint& recipient);

}  // namespace escrowstorm::sim
