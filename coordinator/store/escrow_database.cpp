#include "coordinator/store/escrow_database.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <limits>
#include <map>
#include <stdexcept>
#include <unordered_map>

#include "coordinator/store/copy_table.hpp"
#include "coordinator/store/payout_table.hpp"
#include "coordinator/store/sqlite.hpp"

namespace escrowstorm::coordinator {
namespace {

constexpr std::int64_t application_id = 0x45534352;  // "ESCR", tells our files from others
constexpr std::int64_t schema_version = 4;
constexpr int busy_ms = 5000;

constexpr const char* first_tables = R"(
CREATE TABLE escrows (
  id INTEGER PRIMARY KEY,           -- as a signed number: 2^63 and more are negative
  phase TEXT NOT NULL,
  buyer_instance INTEGER NOT NULL, buyer_wallet TEXT NOT NULL,
  vendor_instance INTEGER NOT NULL, vendor_wallet TEXT NOT NULL,
  arbiter_instance INTEGER NOT NULL, arbiter_wallet TEXT NOT NULL,
  address TEXT NOT NULL,            -- '' until published
  failure TEXT NOT NULL,            -- '' unless failed
  attempt INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE messages (
  escrow INTEGER NOT NULL REFERENCES escrows (id),
  role INTEGER NOT NULL,            -- 0 buyer, 1 vendor, 2 arbiter
  round INTEGER NOT NULL,           -- 0 prepare, 1 make, 2 exchange_1, 3 exchange_2
  message TEXT NOT NULL,
  PRIMARY KEY (escrow, role, round)
) WITHOUT ROWID, STRICT;
)";

constexpr const char* to_version_2 =
    "ALTER TABLE escrows ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1;";

// All that is missing, in one transaction. Version 0: a new file.
std::string upgrade_from(std::int64_t version) {
  std::string sql = "BEGIN IMMEDIATE;";
  if (version == 0) sql += first_tables;
  if (version == 1) sql += to_version_2;
  if (version < 3) sql += PayoutTable::schema;
  if (version < 4) sql += CopyTable::schema;
  return sql + "PRAGMA application_id = " + std::to_string(application_id) +
         "; PRAGMA user_version = " + std::to_string(schema_version) + "; COMMIT;";
}

constexpr const char* put_escrow_sql = R"(
INSERT INTO escrows VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (id) DO UPDATE SET
  phase = excluded.phase,
  buyer_instance = excluded.buyer_instance, buyer_wallet = excluded.buyer_wallet,
  vendor_instance = excluded.vendor_instance, vendor_wallet = excluded.vendor_wallet,
  arbiter_instance = excluded.arbiter_instance, arbiter_wallet = excluded.arbiter_wallet,
  address = excluded.address, failure = excluded.failure, attempt = excluded.attempt)";

constexpr const char* put_message_sql = "INSERT INTO messages VALUES (?1, ?2, ?3, ?4)";
constexpr const char* drop_messages_sql = "DELETE FROM messages WHERE escrow = ?1";

constexpr const char* all_escrows_sql = "SELECT * FROM escrows";
constexpr const char* all_messages_sql = "SELECT escrow, role, round, message FROM messages";

// Which messages of an escrow are in the database.
struct Messages {
  static constexpr std::uint16_t bit(std::size_t role, std::size_t round) {
    return static_cast<std::uint16_t>(1u << (role * message_rounds + round));
  }

  std::uint32_t attempt = 0;
  std::uint16_t bits = 0;
};
static_assert(role_count * message_rounds <= 16);

Messages messages_in(const EscrowRecord& record) {
  Messages messages{record.attempt, 0};
  for (std::size_t role = 0; role < role_count; ++role) {
    for (std::size_t round = 0; round < message_rounds; ++round) {
      if (!record.messages[role][round].empty()) messages.bits |= Messages::bit(role, round);
    }
  }
  return messages;
}

using MessagesOf = std::unordered_map<EscrowId, Messages>;

StoreError failed_open(const std::string& name, const sqlite::Connection& db) {
  StoreError error;
  if (db.error_code() == SQLITE_NOTADB)
    error.message = name + " is not a database: name another file, or move this one away";
  else
    error.message = "cannot open " + name + ": " + db.error();
  if (db.error_code() == SQLITE_CANTOPEN) error.message += " (is its folder there and writable?)";
  return error;
}

// Nothing when the file is ours, of this version and in order.
std::optional<StoreError> prepare_schema(sqlite::Connection& db, const std::string& name,
                                         const std::string& journal) {
  const auto tables = db.ask_number("SELECT count(*) FROM sqlite_schema");
  if (!tables) return failed_open(name, db);
  const auto version = db.ask_number("PRAGMA user_version");
  const auto application = db.ask_number("PRAGMA application_id");
  if (!version || !application) return failed_open(name, db);

  const bool is_new = *tables == 0 && *version == 0 && *application == 0;
  if (!is_new && *application != application_id)
    return StoreError{name + " is a database of another program: name another file"};
  if (*version > schema_version)
    return StoreError{name + " is of version " + std::to_string(*version) +
                      ", this program knows up to " + std::to_string(schema_version) +
                      ": use a newer one"};
  if (db.is_read_only()) return StoreError{"cannot write to " + name + ": check its permissions"};

  const auto kept = db.ask_text(("PRAGMA journal_mode = " + journal).c_str());
  if (!kept) return failed_open(name, db);
  if (*kept != journal)
    return StoreError{"cannot keep a write-ahead log beside " + name + ": use a local disk"};
  if (!db.run("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")) return failed_open(name, db);
  const std::int64_t known = is_new ? 0 : *version;
  if (known < schema_version && !db.run(upgrade_from(known).c_str())) return failed_open(name, db);
  return std::nullopt;
}

}  // namespace

void throw_exception_from_error(const StoreError& error, const boost::source_location&) {
  throw std::logic_error("value of a failed store: " + error.message);
}

struct EscrowDatabase::Parts {
  explicit Parts(const std::filesystem::path& file) : db(file) {}

  bool prepare_statements();
  bool put(const EscrowRecord& record);
  bool put_new_messages(const EscrowRecord& record, Messages& written);
  Messages& messages_of(const EscrowRecord& record);
  void committed(std::span<const EscrowRecord> batch);
  std::optional<StoreError> add_messages(std::map<EscrowId, EscrowRecord>& records);

  sqlite::Connection db;
  std::optional<sqlite::Statement> begin;
  std::optional<sqlite::Statement> commit;
  std::optional<sqlite::Statement> put_escrow;
  std::optional<sqlite::Statement> put_message;
  std::optional<sqlite::Statement> drop_messages;
  PayoutTable payouts;
  CopyTable copies;
  MessagesOf durable;  // of escrows under way, as far as they were written or read here
  MessagesOf written;  // by the transaction under way
};

EscrowDatabase::EscrowDatabase(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
EscrowDatabase::EscrowDatabase(EscrowDatabase&&) noexcept = default;
EscrowDatabase& EscrowDatabase::operator=(EscrowDatabase&&) noexcept = default;
EscrowDatabase::~EscrowDatabase() = default;

StoreResult<EscrowDatabase> EscrowDatabase::open(const std::filesystem::path& file) {
  // SQLite would make it readable by all; its log gets the permissions of the file.
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made >= 0) ::close(made);
  return prepare(std::make_unique<Parts>(file), file.string(), "wal");
}

StoreResult<EscrowDatabase> EscrowDatabase::open_in_memory() {
  return prepare(std::make_unique<Parts>(":memory:"), "a database in memory", "memory");
}

StoreResult<EscrowDatabase> EscrowDatabase::prepare(std::unique_ptr<Parts> parts,
                                                    const std::string& name,
                                                    const std::string& journal) {
  if (!parts->db.is_open()) return failed_open(name, parts->db);
  sqlite3_busy_timeout(parts->db.get(), busy_ms);
  if (auto error = prepare_schema(parts->db, name, journal)) return *error;
  if (!parts->prepare_statements()) return failed_open(name, parts->db);
  return EscrowDatabase(std::move(parts));
}

std::optional<StoreError> EscrowDatabase::write(std::span<const EscrowRecord> batch) {
  sqlite::Connection& db = parts_->db;
  parts_->written = MessagesOf();  // to clear one would cost what its largest batch had
  bool written = parts_->begin->start().run();
  for (auto record = batch.begin(); written && record != batch.end(); ++record)
    written = parts_->put(*record);
  if (written && parts_->commit->start().run()) {
    parts_->committed(batch);
    return std::nullopt;
  }
  StoreError error{db.error()};
  if (db.in_transaction()) db.run("ROLLBACK");
  return error;
}

bool EscrowDatabase::Parts::prepare_statements() {
  return begin.emplace(db, "BEGIN IMMEDIATE").good() && commit.emplace(db, "COMMIT").good() &&
         put_escrow.emplace(db, put_escrow_sql).good() &&
         put_message.emplace(db, put_message_sql).good() &&
         drop_messages.emplace(db, drop_messages_sql).good() && payouts.prepare(db) &&
         copies.prepare(db);
}

bool EscrowDatabase::Parts::put(const EscrowRecord& record) {
  sqlite::Statement& escrow = put_escrow->start();
  int parameter = 0;
  escrow.bind(++parameter, static_cast<std::int64_t>(record.id));
  escrow.bind(++parameter, name_of(record.phase));
  for (std::size_t role = 0; role < role_count; ++role) {
    escrow.bind(++parameter, std::int64_t{record.instances[role]});
    escrow.bind(++parameter, record.wallets[role]);
  }
  escrow.bind(++parameter, record.address);
  escrow.bind(++parameter, record.failure);
  escrow.bind(++parameter, std::int64_t{record.attempt});
  if (!escrow.run()) return false;
  const bool in_set_up = record.phase <= Phase::ready || record.phase == Phase::failed;
  if (in_set_up && !put_new_messages(record, messages_of(record))) return false;
  if (in_set_up && !copies.put(record)) return false;
  // What the terms are is written as the set-up begins, and what is done about them after it.
  const bool new_terms = record.phase == Phase::create || !in_set_up;
  return !new_terms || payouts.put(record);
}

// What the transaction under way leaves of the escrow's messages, so far.
Messages& EscrowDatabase::Parts::messages_of(const EscrowRecord& record) {
  const auto [messages, first] = written.try_emplace(record.id);
  const auto known = first ? durable.find(record.id) : durable.end();
  if (known != durable.end()) messages->second = known->second;
  return messages->second;
}

bool EscrowDatabase::Parts::put_new_messages(const EscrowRecord& record, Messages& messages) {
  const auto id = static_cast<std::int64_t>(record.id);
  if (messages.attempt != record.attempt) {  // of another attempt, or not known what is there
    drop_messages->start().bind(1, id);
    if (!drop_messages->run()) return false;
    messages = {record.attempt, 0};
  }
  for (std::size_t role = 0; role < role_count; ++role) {
    for (std::size_t round = 0; round < message_rounds; ++round) {
      const std::string& message = record.messages[role][round];
      const std::uint16_t bit = Messages::bit(role, round);
      if (message.empty() || (messages.bits & bit) != 0) continue;
      put_message->start().bind(1, id).bind(2, static_cast<std::int64_t>(role));
      put_message->bind(3, static_cast<std::int64_t>(round)).bind(4, message);
      if (!put_message->run()) return false;
      messages.bits |= bit;
    }
  }
  return true;
}

void EscrowDatabase::Parts::committed(std::span<const EscrowRecord> batch) {
  for (const EscrowRecord& record : batch) {
    if (is_set_up(record.phase))
      durable.erase(record.id);
    else
      durable[record.id] = written[record.id];
  }
}

StoreResult<std::vector<EscrowRecord>> EscrowDatabase::read_all() {
  sqlite::Statement escrows(parts_->db, all_escrows_sql);
  if (!escrows.good()) return StoreError{parts_->db.error()};
  std::map<EscrowId, EscrowRecord> records;
  int stepped;
  while ((stepped = escrows.step()) == SQLITE_ROW) {
    EscrowRecord record;
    int column = 0;
    record.id = static_cast<EscrowId>(escrows.number(column++));
    const std::string phase = escrows.text(column++);
    const std::optional<Phase> known = phase_named(phase);
    if (!known) return StoreError{"escrow in an unknown phase: " + phase};
    record.phase = *known;
    for (std::size_t role = 0; role < role_count; ++role) {
      record.instances[role] = static_cast<InstanceId>(escrows.number(column++));
      record.wallets[role] = escrows.text(column++);
    }
    record.address = escrows.text(column++);
    record.failure = escrows.text(column++);
    const std::int64_t attempt = escrows.number(column++);
    if (attempt < 1 || attempt > std::numeric_limits<std::uint32_t>::max())
      return StoreError{"escrow of an attempt that can't be: " + std::to_string(attempt)};
    record.attempt = static_cast<std::uint32_t>(attempt);
    records.emplace(record.id, std::move(record));
  }
  if (stepped != SQLITE_DONE) return StoreError{parts_->db.error()};
  if (auto error = parts_->add_messages(records)) return *error;
  if (auto error = PayoutTable::read_into(parts_->db, records)) return StoreError{*error};
  if (auto error = CopyTable::read_into(parts_->db, records)) return StoreError{*error};

  std::vector<EscrowRecord> all;
  for (auto& [id, record] : records) {
    if (!is_set_up(record.phase)) parts_->durable[id] = messages_in(record);
    all.push_back(std::move(record));
  }
  return all;
}

std::optional<StoreError> EscrowDatabase::Parts::add_messages(
    std::map<EscrowId, EscrowRecord>& records) {
  sqlite::Statement messages(db, all_messages_sql);
  if (!messages.good()) return StoreError{db.error()};
  int stepped;
  while ((stepped = messages.step()) == SQLITE_ROW) {
    const auto record = records.find(static_cast<EscrowId>(messages.number(0)));
    const std::int64_t role = messages.number(1);
    const std::int64_t round = messages.number(2);
    if (record == records.end() || role < 0 || role >= std::int64_t{role_count} || round < 0 ||
        round >= std::int64_t{message_rounds})
      return StoreError{"a message that belongs to no round of an escrow"};
    record->second.messages[static_cast<std::size_t>(role)][static_cast<std::size_t>(round)] =
        messages.text(3);
  }
  if (stepped != SQLITE_DONE) return StoreError{db.error()};
  return std::nullopt;
}

}  // namespace escrowstorm::coordinator
