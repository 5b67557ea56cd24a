#include "coordinator/store/payout_table.hpp"

#include <sstream>
#include <tuple>

namespace escrowstorm::coordinator {
namespace {

constexpr const char* put_sql = R"(
INSERT INTO payouts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (escrow) DO UPDATE SET
  price = excluded.price, buyer_address = excluded.buyer_address,
  vendor_address = excluded.vendor_address, decision = excluded.decision, txset = excluded.txset,
  tx_hashes = excluded.tx_hashes, paid = excluded.paid, fee = excluded.fee)";

constexpr const char* all_sql =
    "SELECT escrow, price, buyer_address, vendor_address, decision, txset, tx_hashes, paid, fee "
    "FROM payouts";

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

void read_row(const sqlite::Statement& row, EscrowRecord& record) {
  record.terms.price = amount_of(row.number(1));
  record.terms.buyer_address = row.text(2);
  record.terms.vendor_address = row.text(3);
  record.payout.txset = row.text(5);
  record.payout.tx_hashes = split(row.text(6));
  record.payout.paid = amount_of(row.number(7));
  record.payout.fee = amount_of(row.number(8));
}

}  // namespace

bool PayoutTable::prepare(sqlite::Connection& db) { return put_.emplace(db, put_sql).good(); }

bool PayoutTable::put(const EscrowRecord& record) {
  const auto& [terms, payout] = std::tie(record.terms, record.payout);
  if (terms.price == Amount()) return true;
  const std::string hashes = joined(payout.tx_hashes);
  sqlite::Statement& row = put_->start();
  row.bind(1, static_cast<std::int64_t>(record.id)).bind(2, number_of(terms.price));
  row.bind(3, terms.buyer_address).bind(4, terms.vendor_address);
  row.bind(5, payout.decision ? name_of(*payout.decision) : std::string_view());
  row.bind(6, payout.txset).bind(7, hashes);
  row.bind(8, number_of(payout.paid)).bind(9, number_of(payout.fee));
  return row.run();
}

std::optional<std::string> PayoutTable::read_into(sqlite::Connection& db,
                                                  std::map<EscrowId, EscrowRecord>& records) {
  sqlite::Statement rows(db, all_sql);
  if (!rows.good()) return db.error();
  int stepped;
  while ((stepped = rows.step()) == SQLITE_ROW) {
    const auto record = records.find(static_cast<EscrowId>(rows.number(0)));
    if (record == records.end()) return "a payout that belongs to no escrow";
    read_row(rows, record->second);
    const std::string decision = rows.text(4);
    record->second.payout.decision = decision_named(decision);
    if (!decision.empty() && !record->second.payout.decision)
      return "an unknown decision: " + decision;
  }
  if (stepped != SQLITE_DONE) return db.error();
  return std::nullopt;
}

}  // namespace escrowstorm::coordinator
