// Transactions as bytes, in a form of our own: what the mock shows where the real one shows a
// transaction's blob, and takes where that one takes it. Pure functions, any thread; what is read
// may be anything.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mockrpc/chain/transaction.hpp"
#include "mockrpc/keys/byte_io.hpp"

namespace escrowstorm::mockrpc {

// All but its hash; none is a coinbase.
void write_transaction(ByteWriter& out, const Transaction& tx);
Transaction read_transaction(ByteReader& in);

// Filled up with zeros to so many bytes, as many as the real one would take. Nothing is read from
// what is no such transaction, not all of one, or followed by something else than zeros.
std::string transaction_blob(const Transaction& tx, std::size_t bytes = 0);
std::optional<Transaction> read_transaction_blob(std::string_view blob);

}  // namespace escrowstorm::mockrpc
