// The passwords of an escrow's wallets: one for each wallet of each attempt, made before the wallet
// is, kept in its record, and known to nobody but the coordinator and the wallet RPCs.
#pragma once

#include <array>
#include <string>

#include "base/role.hpp"
#include "coordinator/secrets/entropy.hpp"

namespace escrowstorm::coordinator {

using WalletPasswords = std::array<std::string, role_count>;

// 160 bits each, as hexadecimal digits: they need no escaping in JSON or on a command line, and
// none is mistaken for another when somebody has to type it in.
WalletPasswords draw_passwords(Entropy& entropy);

}  // namespace escrowstorm::coordinator
