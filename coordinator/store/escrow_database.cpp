#include "coordinator/store/escrow_database.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <map>
#include <stdexcept>
#include <system_error>

#include "coordinator/store/attempt_table.hpp"
#include "coordinator/store/copy_table.hpp"
#include "coordinator/store/escrow_table.hpp"
#include "coordinator/store/log_check.hpp"
#include "coordinator/store/payout_table.hpp"
#include "coordinator/store/schema.hpp"
#include "coordinator/store/sqlite.hpp"

namespace escrowstorm::coordinator {
namespace {

namespace fs = std::filesystem;

constexpr int busy_ms = 5000;

constexpr const char* in_memory = "a database in memory";
// Whenever rows have moved from one page to another, SQLite's commit walks over all pages it holds:
// in memory that is all there are. So there are few.
constexpr const char* large_pages = "PRAGMA page_size = 16384";
// A batch in memory is written at once, and can only fail for want of memory, which ends the run:
// nothing is ever rolled back. A journal would keep a copy of each page that changes.
constexpr const char* no_journal = "off";

bool has_content(const fs::path& file) {
  std::error_code failed;
  const std::uintmax_t size = fs::file_size(file, failed);
  return !failed && size > 0;
}

// What can be wrong before SQLite has touched anything.
std::optional<StoreError> wrong_with(const fs::path& file) {
  fs::path log = file;
  log += "-wal";
  if (const auto damage = damage_of_log(log)) return damaged(log.string(), *damage);
  // SQLite would remove the log.
  if (!has_content(file) && has_content(log))
    return damaged(file.string(), "it is empty, and " + log.string() + " is not");
  return std::nullopt;
}

}  // namespace

void throw_exception_from_error(const StoreError& error, const boost::source_location&) {
  throw std::logic_error("value of a failed store: " + error.message);
}

struct EscrowDatabase::Parts {
  explicit Parts(const fs::path& file) : db(file) {}

  bool prepare_statements();
  bool put(const EscrowRecord& record);

  sqlite::Connection db;
  std::optional<Sealer> sealer;
  std::optional<sqlite::Statement> begin;
  std::optional<sqlite::Statement> commit;
  EscrowTable escrows;
  AttemptTable attempts;
  PayoutTable payouts;
  CopyTable copies;
};

EscrowDatabase::EscrowDatabase(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
EscrowDatabase::EscrowDatabase(EscrowDatabase&&) noexcept = default;
EscrowDatabase& EscrowDatabase::operator=(EscrowDatabase&&) noexcept = default;
EscrowDatabase::~EscrowDatabase() = default;

StoreResult<EscrowDatabase> EscrowDatabase::open(const fs::path& file,
                                                 const std::optional<DatabaseKey>& key) {
  if (auto wrong = wrong_with(file)) return *wrong;
  if (!key && !has_content(file)) return needs_key(file.string());
  // SQLite would make it readable by all; its log gets the permissions of the file.
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made >= 0) ::close(made);
  return prepare(std::make_unique<Parts>(file), file.string(), "wal", key);
}

StoreResult<EscrowDatabase> EscrowDatabase::open_in_memory(const DatabaseKey& key) {
  auto parts = std::make_unique<Parts>(":memory:");
  if (!parts->db.run(large_pages)) return failed_open(in_memory, parts->db);
  return prepare(std::move(parts), in_memory, no_journal, key);
}

StoreResult<EscrowDatabase> EscrowDatabase::prepare(std::unique_ptr<Parts> parts,
                                                    const std::string& name,
                                                    const std::string& journal,
                                                    const std::optional<DatabaseKey>& key) {
  if (!parts->db.is_open()) return failed_open(name, parts->db);
  sqlite3_busy_timeout(parts->db.get(), busy_ms);
  StoreResult<Sealer> sealer = prepare_schema(parts->db, name, journal, key);
  if (!sealer) return sealer.error();
  parts->sealer.emplace(std::move(*sealer));
  if (!parts->prepare_statements()) return failed_open(name, parts->db);
  return EscrowDatabase(std::move(parts));
}

std::optional<StoreError> EscrowDatabase::write(std::span<const EscrowRecord> batch) {
  sqlite::Connection& db = parts_->db;
  parts_->attempts.begin();
  bool written = parts_->begin->start().run();
  for (auto record = batch.begin(); written && record != batch.end(); ++record)
    written = parts_->put(*record);
  if (written && parts_->commit->start().run()) {
    parts_->attempts.committed(batch);
    return std::nullopt;
  }
  StoreError error{db.error()};
  if (db.in_transaction()) db.run("ROLLBACK");
  return error;
}

bool EscrowDatabase::Parts::prepare_statements() {
  return begin.emplace(db, "BEGIN IMMEDIATE").good() && commit.emplace(db, "COMMIT").good() &&
         escrows.prepare(db, *sealer) && attempts.prepare(db, *sealer) &&
         payouts.prepare(db, *sealer) && copies.prepare(db, *sealer);
}

bool EscrowDatabase::Parts::put(const EscrowRecord& record) {
  if (!escrows.put(record)) return false;
  const bool in_set_up = record.phase <= Phase::ready || record.phase == Phase::failed;
  if (in_set_up && (!attempts.put(record) || !copies.put(record))) return false;
  // What the terms are is written as the set-up begins, and what is done about them after it.
  const bool new_terms = record.phase == Phase::create || !in_set_up;
  return !new_terms || payouts.put(record);
}

StoreResult<std::vector<EscrowRecord>> EscrowDatabase::read_all() {
  std::map<EscrowId, EscrowRecord> records;
  auto wrong = EscrowTable::read(parts_->db, &*parts_->sealer, records);
  if (!wrong) wrong = parts_->attempts.read_into(parts_->db, &*parts_->sealer, records);
  if (!wrong) wrong = PayoutTable::read_into(parts_->db, &*parts_->sealer, records);
  if (!wrong) wrong = CopyTable::read_into(parts_->db, &*parts_->sealer, records);
  if (wrong) return StoreError{*wrong};

  std::vector<EscrowRecord> all;
  for (auto& [id, record] : records) all.push_back(std::move(record));
  return all;
}

}  // namespace escrowstorm::coordinator
