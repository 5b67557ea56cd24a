// A transaction of the mock's as bytes: what its wallets show as tx_blob and its daemon takes with
// send_raw_transaction. A form of our own, in clear, which no real node understands. What is read
// may be anything. Pure functions, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mockrpc/chain/transaction.hpp"

namespace escrowstorm::mockrpc {

// REQUIRES: no coinbase.
std::string write_transaction(const Transaction& transaction);
// Nothing when it is no such transaction, or not all of one.
std::optional<Transaction> read_transaction(std::string_view bytes);

}  // namespace escrowstorm::mockrpc
