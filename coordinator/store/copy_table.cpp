#include "coordinator/store/copy_table.hpp"

namespace escrowstorm::coordinator {
namespace {

constexpr const char* put_sql = R"(
INSERT INTO copies VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (escrow) DO UPDATE SET
  buyer = excluded.buyer, vendor = excluded.vendor, arbiter = excluded.arbiter)";

constexpr const char* all_sql = "SELECT escrow, buyer, vendor, arbiter FROM copies";

}  // namespace

bool CopyTable::prepare(sqlite::Connection& db) { return put_.emplace(db, put_sql).good(); }

bool CopyTable::put(const EscrowRecord& record) {
  if (record.copies == decltype(record.copies)()) return true;
  sqlite::Statement& row = put_->start();
  int parameter = 0;
  row.bind(++parameter, static_cast<std::int64_t>(record.id));
  for (const std::string& digest : record.copies) row.bind(++parameter, digest);
  return row.run();
}

std::optional<std::string> CopyTable::read_into(sqlite::Connection& db,
                                                std::map<EscrowId, EscrowRecord>& records) {
  sqlite::Statement rows(db, all_sql);
  if (!rows.good()) return db.error();
  int stepped;
  while ((stepped = rows.step()) == SQLITE_ROW) {
    const auto record = records.find(static_cast<EscrowId>(rows.number(0)));
    if (record == records.end()) return "copies that belong to no escrow";
    int column = 0;
    for (std::string& digest : record->second.copies) digest = rows.text(++column);
  }
  if (stepped != SQLITE_DONE) return db.error();
  return std::nullopt;
}

}  // namespace escrowstorm::coordinator
