#include "coordinator/store/copy_table.hpp"

#include "coordinator/store/places.hpp"
#include "coordinator/store/row_bytes.hpp"

namespace escrowstorm::coordinator {
namespace {

constexpr const char* put_sql = R"(
INSERT INTO copies VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (escrow) DO UPDATE SET
  buyer = excluded.buyer, vendor = excluded.vendor, arbiter = excluded.arbiter,
  mark = excluded.mark)";

constexpr std::string_view row_name = "row of copies";
constexpr int mark_column = 4;

RowBytes content_of(const EscrowRecord& record) {
  RowBytes content;
  content.number(static_cast<std::int64_t>(record.id));
  for (const std::string& digest : record.copies) content.text(digest);
  return content;
}

}  // namespace

bool CopyTable::prepare(sqlite::Connection& db, const Sealer& sealer) {
  sealer_ = &sealer;
  return put_.emplace(db, put_sql).good();
}

bool CopyTable::put(const EscrowRecord& record) {
  if (record.copies == decltype(record.copies)()) return true;
  const std::string mark = sealer_->mark(content_of(record).bytes(), place_of(record.id, row_name));
  sqlite::Statement& row = put_->start();
  int parameter = 0;
  row.bind(++parameter, static_cast<std::int64_t>(record.id));
  for (const std::string& digest : record.copies) row.bind(++parameter, digest);
  return row.bind_bytes(++parameter, mark).run();
}

std::optional<std::string> CopyTable::read_into(sqlite::Connection& db, const Sealer* sealer,
                                                std::map<EscrowId, EscrowRecord>& records) {
  const std::string sql = "SELECT escrow, buyer, vendor, arbiter" +
                          std::string(sealer ? ", mark" : "") + " FROM copies";
  sqlite::Statement rows(db, sql.c_str());
  if (!rows.good()) return db.error();
  int stepped;
  while ((stepped = rows.step()) == SQLITE_ROW) {
    const auto record = records.find(static_cast<EscrowId>(rows.number(0)));
    if (record == records.end()) return "copies that belong to no escrow";
    int column = 0;
    for (std::string& digest : record->second.copies) digest = rows.text(++column);
    const std::string place = place_of(record->first, row_name);
    const std::string content = content_of(record->second).bytes();
    if (sealer && !sealer->is_mark(rows.bytes(mark_column), content, place)) return changed(place);
  }
  if (stepped != SQLITE_DONE) return db.error();
  return std::nullopt;
}

}  // namespace escrowstorm::coordinator
