// What the methods of multisig wallets refuse for alike. Internal to the methods.
#pragma once

#include <optional>

#include "mockrpc/instance/methods.hpp"

namespace escrowstorm::mockrpc {

Execution not_multisig();
Execution multisig_disabled();

// What all that comes after the key exchange asks of the wallet first.
std::optional<Execution> refused_unready(const Slot& slot);

}  // namespace escrowstorm::mockrpc
