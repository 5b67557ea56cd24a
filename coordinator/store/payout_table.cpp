#include "coordinator/store/payout_table.hpp"

#include <sstream>
#include <tuple>

#include "coordinator/store/places.hpp"
#include "coordinator/store/row_bytes.hpp"

namespace escrowstorm::coordinator {
namespace {

constexpr std::string_view row_name = "row of payouts";
constexpr std::string_view txset_name = "txset";
constexpr int mark_column = 9;

constexpr const char* put_sql = R"(
INSERT INTO payouts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (escrow) DO UPDATE SET
  price = excluded.price, buyer_address = excluded.buyer_address,
  vendor_address = excluded.vendor_address, decision = excluded.decision, txset = excluded.txset,
  tx_hashes = excluded.tx_hashes, paid = excluded.paid, fee = excluded.fee, mark = excluded.mark)";

constexpr const char* columns =
    "escrow, price, buyer_address, vendor_address, decision, txset, tx_hashes, paid, fee";

std::int64_t number_of(Amount amount) { return static_cast<std::int64_t>(amount.atomic()); }

Amount amount_of(std::int64_t number) {
  return Amount::from_atomic(static_cast<std::uint64_t>(number));
}

std::string joined(const std::vector<std::string>& hashes) {
  std::string text;
  for (const std::string& hash : hashes) text += (text.empty() ? "" : " ") + hash;
  return text;
}

std::vector<std::string> split(const std::string& text) {
  std::istringstream words(text);
  std::vector<std::string> all;
  for (std::string word; words >> word;) all.push_back(word);
  return all;
}

std::string_view name_of(const std::optional<Decision>& decision) {
  return decision ? coordinator::name_of(*decision) : std::string_view();
}

// All but the txset.
RowBytes content_of(const EscrowRecord& record) {
  const auto& [terms, payout] = std::tie(record.terms, record.payout);
  RowBytes content;
  content.number(static_cast<std::int64_t>(record.id)).number(number_of(terms.price));
  content.text(terms.buyer_address).text(terms.vendor_address).text(name_of(payout.decision));
  content.text(joined(payout.tx_hashes)).number(number_of(payout.paid));
  return content.number(number_of(payout.fee));
}

// What is wrong with the row, if anything is.
std::optional<std::string> read_row(const sqlite::Statement& row, const Sealer* sealer,
                                    EscrowRecord& record) {
  record.terms.price = amount_of(row.number(1));
  record.terms.buyer_address = row.text(2);
  record.terms.vendor_address = row.text(3);
  const std::string decision = row.text(4);
  record.payout.decision = decision_named(decision);
  if (!decision.empty() && !record.payout.decision) return "an unknown decision: " + decision;
  record.payout.txset = row.bytes(5);
  record.payout.tx_hashes = split(row.text(6));
  record.payout.paid = amount_of(row.number(7));
  record.payout.fee = amount_of(row.number(8));
  if (!sealer) return std::nullopt;

  std::string place = place_of(record.id, row_name);
  if (!sealer->is_mark(row.bytes(mark_column), content_of(record).bytes(), place))
    return changed(place);
  if (record.payout.txset.empty()) return std::nullopt;
  place = place_of(record.id, txset_name);
  auto txset = sealer->unseal(record.payout.txset, place);
  if (!txset) return changed(place);
  record.payout.txset = std::move(*txset);
  return std::nullopt;
}

}  // namespace

bool PayoutTable::prepare(sqlite::Connection& db, const Sealer& sealer) {
  sealer_ = &sealer;
  return put_.emplace(db, put_sql).good();
}

bool PayoutTable::put(const EscrowRecord& record) {
  const auto& [terms, payout] = std::tie(record.terms, record.payout);
  if (terms.price == Amount()) return true;
  const std::string hashes = joined(payout.tx_hashes);
  const std::string mark = sealer_->mark(content_of(record).bytes(), place_of(record.id, row_name));
  std::string txset;
  if (!payout.txset.empty()) txset = sealer_->seal(payout.txset, place_of(record.id, txset_name));
  sqlite::Statement& row = put_->start();
  row.bind(1, static_cast<std::int64_t>(record.id)).bind(2, number_of(terms.price));
  row.bind(3, terms.buyer_address).bind(4, terms.vendor_address);
  row.bind(5, name_of(payout.decision)).bind_bytes(6, txset).bind(7, hashes);
  row.bind(8, number_of(payout.paid)).bind(9, number_of(payout.fee)).bind_bytes(10, mark);
  return row.run();
}

std::optional<std::string> PayoutTable::read_into(sqlite::Connection& db, const Sealer* sealer,
                                                  std::map<EscrowId, EscrowRecord>& records) {
  const std::string sql =
      "SELECT " + std::string(columns) + (sealer ? ", mark" : "") + " FROM payouts";
  sqlite::Statement rows(db, sql.c_str());
  if (!rows.good()) return db.error();
  int stepped;
  while ((stepped = rows.step()) == SQLITE_ROW) {
    const auto record = records.find(static_cast<EscrowId>(rows.number(0)));
    if (record == records.end()) return "a payout that belongs to no escrow";
    if (auto wrong = read_row(rows, sealer, record->second)) return wrong;
  }
  if (stepped != SQLITE_DONE) return db.error();
  return std::nullopt;
}

}  // namespace escrowstorm::coordinator
