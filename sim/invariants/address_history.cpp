#include "sim/invariants/address_history.hpp"

#include <algorithm>

#include "mockrpc/keys/address.hpp"

namespace escrowstorm::sim {

std::optional<mockrpc::CurvePoint> recipient_of(std::string_view address) {
  for (const mockrpc::Network network : mockrpc::all_networks)
    if (const auto parsed = mockrpc::parse_address(address, network)) return parsed->spend;
  return std::nullopt;
}

AddressHistory history_of(const mockrpc::Chain& chain, const mockrpc::CurvePoint& recipient) {
  AddressHistory history;
  for (const mockrpc::OutputPlace& place : chain.received(recipient, 0)) {
    const auto spender = chain.spender(mockrpc::key_image_of(place.output()));
    if (!spender) {
      history.unspent += place.output().amount.atomic();
      continue;
    }
    const auto is_it = [&](const auto& one) { return one->hash == spender->transaction->hash; };
    if (std::none_of(history.spends.begin(), history.spends.end(), is_it))
      history.spends.push_back(spender->transaction);
  }
  for (const mockrpc::FoundTransaction& waiting : chain.received_in_pool(recipient))
    for (const mockrpc::TxOutput& output : waiting.transaction->outputs)
      if (output.recipient == recipient) history.unspent += output.amount.atomic();
  return history;
}

}  // namespace escrowstorm::sim
