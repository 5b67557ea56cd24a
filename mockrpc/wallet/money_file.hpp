// WalletMoney as bytes, in a wallet's cache file. Reading takes anything; pure functions, any
// thread.
#pragma once

#include <optional>

#include "mockrpc/keys/byte_io.hpp"
#include "mockrpc/wallet/money.hpp"

namespace escrowstorm::mockrpc {

void write_money(ByteWriter& out, const WalletMoney& money);

// Nothing when the bytes are no such thing, or not all of it.
std::optional<WalletMoney> read_money(ByteReader& in);

}  // namespace escrowstorm::mockrpc
