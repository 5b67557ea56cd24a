// The part of the database that has a row for each escrow: where it is, and on which wallets. Not
// secret, but nobody may change it: each row has a mark. Internal to EscrowDatabase; results are
// SQLite's, the connection says what went wrong.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "coordinator/secrets/sealer.hpp"
#include "coordinator/store/escrow_store.hpp"
#include "coordinator/store/sqlite.hpp"

namespace escrowstorm::coordinator {

class EscrowTable {
 public:
  static constexpr const char* schema = R"(
CREATE TABLE escrows (
  id INTEGER PRIMARY KEY,           -- as a signed number: 2^63 and more are negative
  phase TEXT NOT NULL,
  buyer_instance INTEGER NOT NULL, buyer_wallet TEXT NOT NULL,
  vendor_instance INTEGER NOT NULL, vendor_wallet TEXT NOT NULL,
  arbiter_instance INTEGER NOT NULL, arbiter_wallet TEXT NOT NULL,
  address TEXT NOT NULL,            -- '' until published
  failure TEXT NOT NULL,            -- '' unless failed
  attempt INTEGER NOT NULL,
  mark BLOB NOT NULL                -- of all the others
) STRICT;
)";

  // Both outlive it.
  bool prepare(sqlite::Connection& db, const Sealer& sealer);

  bool put(const EscrowRecord& record);

  // Nothing when all is well, otherwise one clause. `sealer`: null where a file of an older version
  // is read, which has no marks.
  static std::optional<std::string> read(sqlite::Connection& db, const Sealer* sealer,
                                         std::map<EscrowId, EscrowRecord>& records);

 private:
  const Sealer* sealer_ = nullptr;
  std::optional<sqlite::Statement> put_;
};

}  // namespace escrowstorm::coordinator
