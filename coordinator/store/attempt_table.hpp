// The part of the database that keeps what is secret of an escrow's attempt: the passwords of its
// wallets and the messages of its key exchange, each sealed, and written once. Internal to
// EscrowDatabase; results are SQLite's, the connection says what went wrong.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>

#include "coordinator/secrets/sealer.hpp"
#include "coordinator/store/escrow_store.hpp"
#include "coordinator/store/sqlite.hpp"

namespace escrowstorm::coordinator {

class AttemptTable {
 public:
  static constexpr const char* schema = R"(
CREATE TABLE passwords (
  escrow INTEGER NOT NULL REFERENCES escrows (id),
  role INTEGER NOT NULL,            -- 0 buyer, 1 vendor, 2 arbiter
  password BLOB NOT NULL,           -- sealed; the empty one has no row
  PRIMARY KEY (escrow, role)
) WITHOUT ROWID, STRICT;
CREATE TABLE messages (
  escrow INTEGER NOT NULL REFERENCES escrows (id),
  role INTEGER NOT NULL,
  round INTEGER NOT NULL,           -- 0 prepare, 1 make, 2 exchange_1, 3 exchange_2
  message BLOB NOT NULL,            -- sealed
  PRIMARY KEY (escrow, role, round)
) WITHOUT ROWID, STRICT;
)";

  // Both outlive it.
  bool prepare(sqlite::Connection& db, const Sealer& sealer);

  // Before the first put of a transaction. Whatever was put in one that failed counts as not
  // written.
  void begin() { written_ = MessagesOf(); }  // to clear one would cost what its largest batch had
  // What is not known to be durable; what is there of other attempts is removed.
  bool put(const EscrowRecord& record);
  // The transaction was committed.
  void committed(std::span<const EscrowRecord> batch);

  // Adds to the records what is there, and knows from then on that it is; nothing when all is well,
  // otherwise one clause. `sealer`: null where a file of an older version is read, which has
  // messages only, as they are.
  std::optional<std::string> read_into(sqlite::Connection& db, const Sealer* sealer,
                                       std::map<EscrowId, EscrowRecord>& records);

 private:
  // Which messages of an attempt are in the database.
  struct Messages {
    std::uint32_t attempt = 0;
    std::uint16_t bits = 0;
  };
  using MessagesOf = std::unordered_map<EscrowId, Messages>;

  static Messages messages_in(const EscrowRecord& record);
  Messages& messages_of(const EscrowRecord& record);
  bool replace_attempt(const EscrowRecord& record);
  bool put_message(const EscrowRecord& record, Role role, std::size_t round);

  const Sealer* sealer_ = nullptr;
  std::optional<sqlite::Statement> put_password_;
  std::optional<sqlite::Statement> put_message_;
  std::optional<sqlite::Statement> drop_passwords_;
  std::optional<sqlite::Statement> drop_messages_;
  MessagesOf durable_;  // of escrows under way, as far as they were written or read here
  MessagesOf written_;  // by the transaction under way
};

}  // namespace escrowstorm::coordinator
