#include "coordinator/store/escrow_table.hpp"

#include <limits>

#include "coordinator/store/places.hpp"
#include "coordinator/store/row_bytes.hpp"

namespace escrowstorm::coordinator {
namespace {

constexpr std::string_view row = "row of escrows";
constexpr int mark_column = 11;

constexpr const char* put_sql = R"(
INSERT INTO escrows VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
ON CONFLICT (id) DO UPDATE SET
  phase = excluded.phase,
  buyer_instance = excluded.buyer_instance, buyer_wallet = excluded.buyer_wallet,
  vendor_instance = excluded.vendor_instance, vendor_wallet = excluded.vendor_wallet,
  arbiter_instance = excluded.arbiter_instance, arbiter_wallet = excluded.arbiter_wallet,
  address = excluded.address, failure = excluded.failure, attempt = excluded.attempt,
  mark = excluded.mark)";

constexpr const char* columns =
    "id, phase, buyer_instance, buyer_wallet, vendor_instance, vendor_wallet, arbiter_instance, "
    "arbiter_wallet, address, failure, attempt";

RowBytes content_of(const EscrowRecord& record) {
  RowBytes content;
  content.number(static_cast<std::int64_t>(record.id)).text(name_of(record.phase));
  for (std::size_t role = 0; role < role_count; ++role)
    content.number(record.instances[role]).text(record.wallets[role]);
  content.text(record.address).text(record.failure).number(record.attempt);
  return content;
}

// What is wrong with the row, if anything is.
std::optional<std::string> read_row(const sqlite::Statement& rows, EscrowRecord& record) {
  int column = 0;
  record.id = static_cast<EscrowId>(rows.number(column++));
  const std::string phase = rows.text(column++);
  const std::optional<Phase> known = phase_named(phase);
  if (!known) return "escrow in an unknown phase: " + phase;
  record.phase = *known;
  for (std::size_t role = 0; role < role_count; ++role) {
    record.instances[role] = static_cast<InstanceId>(rows.number(column++));
    record.wallets[role] = rows.text(column++);
  }
  record.address = rows.text(column++);
  record.failure = rows.text(column++);
  const std::int64_t attempt = rows.number(column++);
  if (attempt < 1 || attempt > std::numeric_limits<std::uint32_t>::max())
    return "escrow of an attempt that can't be: " + std::to_string(attempt);
  record.attempt = static_cast<std::uint32_t>(attempt);
  return std::nullopt;
}

}  // namespace

bool EscrowTable::prepare(sqlite::Connection& db, const Sealer& sealer) {
  sealer_ = &sealer;
  return put_.emplace(db, put_sql).good();
}

bool EscrowTable::put(const EscrowRecord& record) {
  const std::string mark = sealer_->mark(content_of(record).bytes(), place_of(record.id, row));
  sqlite::Statement& put = put_->start();
  int parameter = 0;
  put.bind(++parameter, static_cast<std::int64_t>(record.id));
  put.bind(++parameter, name_of(record.phase));
  for (std::size_t role = 0; role < role_count; ++role) {
    put.bind(++parameter, std::int64_t{record.instances[role]});
    put.bind(++parameter, record.wallets[role]);
  }
  put.bind(++parameter, record.address);
  put.bind(++parameter, record.failure);
  put.bind(++parameter, std::int64_t{record.attempt});
  return put.bind_bytes(++parameter, mark).run();
}

std::optional<std::string> EscrowTable::read(sqlite::Connection& db, const Sealer* sealer,
                                             std::map<EscrowId, EscrowRecord>& records) {
  const std::string sql =
      "SELECT " + std::string(columns) + (sealer ? ", mark" : "") + " FROM escrows";
  sqlite::Statement rows(db, sql.c_str());
  if (!rows.good()) return db.error();
  int stepped;
  while ((stepped = rows.step()) == SQLITE_ROW) {
    EscrowRecord record;
    if (auto wrong = read_row(rows, record)) return wrong;
    const std::string place = place_of(record.id, row);
    if (sealer && !sealer->is_mark(rows.bytes(mark_column), content_of(record).bytes(), place))
      return changed(place);
    records.emplace(record.id, std::move(record));
  }
  if (stepped != SQLITE_DONE) return db.error();
  return std::nullopt;
}

}  // namespace escrowstorm::coordinator
