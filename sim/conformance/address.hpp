// What a transcript asks of an address.
#pragma once

#include <optional>
#include <string_view>

namespace escrowstorm::sim {

// Nothing when `address` is no Monero address of any network with a right checksum. False when its
// spend key is the identity point: the placeholder that make_multisig shows, whose money nobody
// can spend.
std::optional<bool> has_real_spend_key(std::string_view address);

}  // namespace escrowstorm::sim
