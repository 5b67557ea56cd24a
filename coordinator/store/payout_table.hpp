// The part of the database that says where an escrow's money goes: a row for each escrow that has a
// price. The txset is sealed, and each row has a mark: whoever could change an address here would
// have the money. Internal to EscrowDatabase; results are SQLite's, the connection says what went
// wrong.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "coordinator/secrets/sealer.hpp"
#include "coordinator/store/escrow_store.hpp"
#include "coordinator/store/sqlite.hpp"

namespace escrowstorm::coordinator {

class PayoutTable {
 public:
  static constexpr const char* schema = R"(
CREATE TABLE payouts (
  escrow INTEGER PRIMARY KEY REFERENCES escrows (id),
  price INTEGER NOT NULL,           -- amounts in atomic units, as signed numbers like ids
  buyer_address TEXT NOT NULL,
  vendor_address TEXT NOT NULL,
  decision TEXT NOT NULL,           -- '' until there is one
  txset BLOB NOT NULL,              -- sealed: signed by two; empty until then
  tx_hashes TEXT NOT NULL,          -- with a space between
  paid INTEGER NOT NULL,
  fee INTEGER NOT NULL,
  mark BLOB NOT NULL                -- of all but the txset
) STRICT;
)";

  // Both outlive it.
  bool prepare(sqlite::Connection& db, const Sealer& sealer);

  // Nothing is written of an escrow without a price.
  bool put(const EscrowRecord& record);

  // Adds to the records what is there; nothing when all is well, otherwise one clause. `sealer`:
  // null where a file of an older version is read, which has the txset as it is and no marks.
  static std::optional<std::string> read_into(sqlite::Connection& db, const Sealer* sealer,
                                              std::map<EscrowId, EscrowRecord>& records);

 private:
  const Sealer* sealer_ = nullptr;
  std::optional<sqlite::Statement> put_;
};

}  // namespace escrowstorm::coordinator
