#include "coordinator/store/schema.hpp"

#include <map>
#include <new>

#include "coordinator/store/attempt_table.hpp"
#include "coordinator/store/copy_table.hpp"
#include "coordinator/store/escrow_table.hpp"
#include "coordinator/store/payout_table.hpp"

namespace escrowstorm::coordinator {
namespace {

constexpr std::int64_t application_id = 0x45534352;  // "ESCR", tells our files from others
constexpr std::int64_t schema_version = 5;
constexpr std::int64_t first_sealed_version = 5;

constexpr const char* sealing_schema = R"(
CREATE TABLE sealing (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  salt BLOB NOT NULL,               -- of a pass phrase; empty where the key is none
  check_value BLOB NOT NULL         -- what the right key opens
) STRICT;
)";

constexpr const char* drop_older_tables = R"(
DROP TABLE messages;
DROP TABLE IF EXISTS payouts;
DROP TABLE IF EXISTS copies;
DROP TABLE escrows;
)";

constexpr std::string_view check_text = "the right key";
constexpr std::string_view check_place = "sealing: check value";

using Error = std::optional<StoreError>;

struct Form {
  std::int64_t version = 0;
  bool is_new = false;
};

StoreResult<Form> form_of(sqlite::Connection& db, const std::string& name) {
  const auto tables = db.ask_number("SELECT count(*) FROM sqlite_schema");
  if (!tables) return failed_open(name, db);
  const auto version = db.ask_number("PRAGMA user_version");
  const auto application = db.ask_number("PRAGMA application_id");
  if (!version || !application) return failed_open(name, db);

  Form form;
  form.version = *version;
  form.is_new = *tables == 0 && *version == 0 && *application == 0;
  if (!form.is_new && *application != application_id)
    return StoreError{name + " is a database of another program: name another file"};
  if (*version > schema_version)
    return StoreError{name + " is of version " + std::to_string(*version) +
                      ", this program knows up to " + std::to_string(schema_version) +
                      ": use a newer one"};
  if (db.is_read_only()) return StoreError{"cannot write to " + name + ": check its permissions"};
  return form;
}

Error find_damage(sqlite::Connection& db, const std::string& name, const Form& form) {
  if (form.is_new) return std::nullopt;
  const auto found = db.ask_text("PRAGMA quick_check(1)");
  if (!found) return failed_open(name, db);
  if (*found != "ok") return damaged(name, found->substr(0, found->find('\n')));
  const bool is_sealed = db.ask_number("SELECT 1 FROM sqlite_schema WHERE name = 'sealing'") == 1;
  if (form.version < 1 || is_sealed != (form.version >= first_sealed_version))
    return damaged(name, "it can't be of version " + std::to_string(form.version));
  return std::nullopt;
}

Error set_modes(sqlite::Connection& db, const std::string& name, const std::string& journal) {
  const auto kept = db.ask_text(("PRAGMA journal_mode = " + journal).c_str());
  if (!kept) return failed_open(name, db);
  if (*kept != journal)
    return StoreError{"cannot keep a write-ahead log beside " + name + ": use a local disk"};
  if (!db.run("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")) return failed_open(name, db);
  return std::nullopt;
}

// Within a transaction, which it ends.
bool make_tables(sqlite::Connection& db, const Sealer& sealer, const std::string& salt,
                 const std::map<EscrowId, EscrowRecord>& records) {
  const std::string tables = std::string(sealing_schema) + EscrowTable::schema +
                             AttemptTable::schema + PayoutTable::schema + CopyTable::schema;
  if (!db.run(tables.c_str())) return false;
  sqlite::Statement sealing(db, "INSERT INTO sealing VALUES (1, ?1, ?2)");
  if (!sealing.good()) return false;
  const std::string check = sealer.seal(check_text, check_place);
  if (!sealing.start().bind_bytes(1, salt).bind_bytes(2, check).run()) return false;

  EscrowTable escrows;
  AttemptTable attempts;
  PayoutTable payouts;
  CopyTable copies;
  if (!escrows.prepare(db, sealer) || !attempts.prepare(db, sealer) ||
      !payouts.prepare(db, sealer) || !copies.prepare(db, sealer))
    return false;
  for (const auto& [id, record] : records)
    if (!escrows.put(record) || !attempts.put(record) || !payouts.put(record) ||
        !copies.put(record))
      return false;
  return db.run(("PRAGMA application_id = " + std::to_string(application_id) +
                 "; PRAGMA user_version = " + std::to_string(schema_version) + "; COMMIT;")
                    .c_str());
}

Error make_new(sqlite::Connection& db, const std::string& name, const Sealer& sealer,
               const std::string& salt) {
  if (!db.run("BEGIN IMMEDIATE") || !make_tables(db, sealer, salt, {}))
    return failed_open(name, db);
  return std::nullopt;
}

// What an older version wrote in clear is read and written anew, sealed. Wallets had no passwords
// then. Nothing of it stays in the file: what is deleted is written over, and the file is packed.
// (The disk may still have it elsewhere, as of everything that was ever written to it.)
Error upgrade(sqlite::Connection& db, const std::string& name, std::int64_t version,
              const Sealer& sealer, const std::string& salt) {
  bool done = db.run("PRAGMA secure_delete = ON; BEGIN IMMEDIATE");
  if (done && version == 1)
    done = db.run("ALTER TABLE escrows ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1");
  if (!done) return failed_open(name, db);

  std::map<EscrowId, EscrowRecord> records;
  auto wrong = EscrowTable::read(db, nullptr, records);
  if (!wrong) wrong = AttemptTable().read_into(db, nullptr, records);
  if (!wrong && version >= 3) wrong = PayoutTable::read_into(db, nullptr, records);
  if (!wrong && version >= 4) wrong = CopyTable::read_into(db, nullptr, records);
  if (wrong) return damaged(name, *wrong);

  done = db.run(drop_older_tables) && make_tables(db, sealer, salt, records) && db.run("VACUUM") &&
         db.run("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA secure_delete = OFF");
  if (!done) return failed_open(name, db);
  return std::nullopt;
}

// Of a key and the salt of a file that may be another key's.
StoreResult<std::optional<Sealer>> sealer_of(const DatabaseKey& key, const std::string& salt) {
  try {
    return key.sealer(salt);
  } catch (const std::bad_alloc&) {
    return StoreError{
        "no memory for the key of a pass phrase, which takes 256 MiB: free some, or "
        "make the database with a key of 64 hexadecimal digits"};
  }
}

StoreResult<Sealer> open_sealing(sqlite::Connection& db, const std::string& name,
                                 const DatabaseKey& key) {
  const auto salt = db.ask_bytes("SELECT salt FROM sealing");
  const auto check = db.ask_bytes("SELECT check_value FROM sealing");
  if (!salt || !check) return damaged(name, "it has lost what tells its key");
  auto sealer = sealer_of(key, *salt);
  if (!sealer) return sealer.error();
  if (!*sealer || (*sealer)->unseal(*check, check_place) != check_text)
    return StoreError{"the key in " + std::string(DatabaseKey::variable) + " does not open " +
                      name + ": set it to the key that the file was made with"};
  return std::move(**sealer);
}

}  // namespace

StoreError failed_open(const std::string& name, const sqlite::Connection& db) {
  if (db.error_code() == SQLITE_CORRUPT) return damaged(name, db.error());
  StoreError error;
  if (db.error_code() == SQLITE_NOTADB)
    error.message = name + " is not a database: name another file, or move this one away";
  else
    error.message = "cannot open " + name + ": " + db.error();
  if (db.error_code() == SQLITE_CANTOPEN) error.message += " (is its folder there and writable?)";
  return error;
}

StoreError damaged(const std::string& name, const std::string& what) {
  return StoreError{name + " is damaged (" + what +
                    "): it is not used like this, put back a copy that is whole"};
}

StoreError needs_key(const std::string& name) {
  return StoreError{name + " is to keep secrets: set " + DatabaseKey::variable + " to " +
                    DatabaseKey::remedy};
}

StoreResult<Sealer> prepare_schema(sqlite::Connection& db, const std::string& name,
                                   const std::string& journal,
                                   const std::optional<DatabaseKey>& key) {
  const StoreResult<Form> form = form_of(db, name);
  if (!form) return form.error();
  if (auto error = find_damage(db, name, *form)) return *error;
  const bool is_sealed = form->version >= first_sealed_version;
  if (!key && !is_sealed) return needs_key(name);
  if (!key)
    return StoreError{name + " is sealed: set " + DatabaseKey::variable +
                      " to the key it was made with"};
  if (auto error = set_modes(db, name, journal)) return *error;
  if (is_sealed) return open_sealing(db, name, *key);

  const std::string salt = key->new_salt();
  auto sealer = sealer_of(*key, salt);
  if (!sealer) return sealer.error();
  auto error = form->is_new ? make_new(db, name, **sealer, salt)
                            : upgrade(db, name, form->version, **sealer, salt);
  if (error) return *error;
  return std::move(**sealer);
}

}  // namespace escrowstorm::coordinator
