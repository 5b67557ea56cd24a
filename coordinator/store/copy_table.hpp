// The part of the database that says which copies of wallet files an escrow can go back to: a row
// for each escrow whose set-up keeps them, with a mark: else whoever could write here could have
// it go on in wallets of his own. Internal to EscrowDatabase, as PayoutTable.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "coordinator/secrets/sealer.hpp"
#include "coordinator/store/escrow_store.hpp"
#include "coordinator/store/sqlite.hpp"

namespace escrowstorm::coordinator {

class CopyTable {
 public:
  // What makes the table.
  static constexpr const char* schema = R"(
CREATE TABLE copies (
  escrow INTEGER PRIMARY KEY REFERENCES escrows (id),
  buyer TEXT NOT NULL, vendor TEXT NOT NULL, arbiter TEXT NOT NULL,  -- digests of their files
  mark BLOB NOT NULL
) STRICT;
)";

  // Both outlive it.
  bool prepare(sqlite::Connection& db, const Sealer& sealer);

  // Nothing is written of an escrow without copies.
  bool put(const EscrowRecord& record);

  // Adds to the records what is there; nothing when all is well, otherwise one clause. `sealer`:
  // null where a file of an older version is read, which has no marks.
  static std::optional<std::string> read_into(sqlite::Connection& db, const Sealer* sealer,
                                              std::map<EscrowId, EscrowRecord>& records);

 private:
  const Sealer* sealer_ = nullptr;
  std::optional<sqlite::Statement> put_;
};

}  // namespace escrowstorm::coordinator
