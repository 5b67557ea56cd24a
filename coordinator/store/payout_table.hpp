// The part of the database that says where an escrow's money goes: a row for each escrow that has a
// price. Internal to EscrowDatabase; results are SQLite's, the connection says what went wrong.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "coordinator/store/escrow_store.hpp"
#include "coordinator/store/sqlite.hpp"

namespace escrowstorm::coordinator {

class PayoutTable {
 public:
  // What makes the table.
  static constexpr const char* schema = R"(
CREATE TABLE payouts (
  escrow INTEGER PRIMARY KEY REFERENCES escrows (id),
  price INTEGER NOT NULL,           -- amounts in atomic units, as signed numbers like ids
  buyer_address TEXT NOT NULL,
  vendor_address TEXT NOT NULL,
  decision TEXT NOT NULL,           -- '' until there is one
  txset TEXT NOT NULL,              -- signed by two; '' until then
  tx_hashes TEXT NOT NULL,          -- with a space between
  paid INTEGER NOT NULL,
  fee INTEGER NOT NULL
) STRICT;
)";

  // The connection outlives it.
  bool prepare(sqlite::Connection& db);

  // Nothing is written of an escrow without a price.
  bool put(const EscrowRecord& record);

  // Adds to the records what is there; nothing when all is well, otherwise one clause.
  static std::optional<std::string> read_into(sqlite::Connection& db,
                                              std::map<EscrowId, EscrowRecord>& records);

 private:
  std::optional<sqlite::Statement> put_;
};

}  // namespace escrowstorm::coordinator
