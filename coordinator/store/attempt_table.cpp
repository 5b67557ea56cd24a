#include "coordinator/store/attempt_table.hpp"

#include <array>

#include "coordinator/store/places.hpp"

namespace escrowstorm::coordinator {
namespace {

constexpr std::string_view password = "password";
constexpr std::array<std::string_view, message_rounds> message_names{
    "message of prepare", "message of make", "message of exchange_1", "message of exchange_2"};

constexpr std::uint16_t bit(std::size_t role, std::size_t round) {
  return static_cast<std::uint16_t>(1u << (role * message_rounds + round));
}
static_assert(role_count * message_rounds <= 16);

// Its text; nothing when it was not sealed for that place. Without a sealer it is the text.
std::optional<std::string> opened(std::string bytes, const Sealer* sealer,
                                  const std::string& place) {
  if (!sealer) return bytes;
  return sealer->unseal(bytes, place);
}

using Records = std::map<EscrowId, EscrowRecord>;

std::optional<std::string> read_passwords(sqlite::Connection& db, const Sealer& sealer,
                                          Records& records) {
  sqlite::Statement rows(db, "SELECT escrow, role, password FROM passwords");
  if (!rows.good()) return db.error();
  int stepped;
  while ((stepped = rows.step()) == SQLITE_ROW) {
    const auto record = records.find(static_cast<EscrowId>(rows.number(0)));
    const std::int64_t role = rows.number(1);
    if (record == records.end() || role < 0 || role >= std::int64_t{role_count})
      return "a password that belongs to no wallet of an escrow";
    auto& [id, escrow] = *record;
    const std::string place = place_of(id, escrow.attempt, static_cast<Role>(role), password);
    auto text = sealer.unseal(rows.bytes(2), place);
    if (!text) return changed(place);
    escrow.passwords[static_cast<std::size_t>(role)] = std::move(*text);
  }
  if (stepped != SQLITE_DONE) return db.error();
  return std::nullopt;
}

std::optional<std::string> read_messages(sqlite::Connection& db, const Sealer* sealer,
                                         Records& records) {
  sqlite::Statement rows(db, "SELECT escrow, role, round, message FROM messages");
  if (!rows.good()) return db.error();
  int stepped;
  while ((stepped = rows.step()) == SQLITE_ROW) {
    const auto record = records.find(static_cast<EscrowId>(rows.number(0)));
    const std::int64_t role = rows.number(1);
    const std::int64_t round = rows.number(2);
    if (record == records.end() || role < 0 || role >= std::int64_t{role_count} || round < 0 ||
        round >= std::int64_t{message_rounds})
      return "a message that belongs to no round of an escrow";
    auto& [id, escrow] = *record;
    const std::string place = place_of(id, escrow.attempt, static_cast<Role>(role),
                                       message_names[static_cast<std::size_t>(round)]);
    auto text = opened(rows.bytes(3), sealer, place);
    if (!text) return changed(place);
    escrow.messages[static_cast<std::size_t>(role)][static_cast<std::size_t>(round)] =
        std::move(*text);
  }
  if (stepped != SQLITE_DONE) return db.error();
  return std::nullopt;
}

}  // namespace

bool AttemptTable::prepare(sqlite::Connection& db, const Sealer& sealer) {
  sealer_ = &sealer;
  return put_password_.emplace(db, "INSERT INTO passwords VALUES (?1, ?2, ?3)").good() &&
         put_message_.emplace(db, "INSERT INTO messages VALUES (?1, ?2, ?3, ?4)").good() &&
         drop_passwords_.emplace(db, "DELETE FROM passwords WHERE escrow = ?1").good() &&
         drop_messages_.emplace(db, "DELETE FROM messages WHERE escrow = ?1").good();
}

bool AttemptTable::put(const EscrowRecord& record) {
  Messages& messages = messages_of(record);
  if (messages.attempt != record.attempt) {  // of another attempt, or not known what is there
    if (!replace_attempt(record)) return false;
    messages = {record.attempt, 0};
  }
  for (const Role role : all_roles) {
    for (std::size_t round = 0; round < message_rounds; ++round) {
      const std::uint16_t one = bit(index_of(role), round);
      if (record.messages[index_of(role)][round].empty() || (messages.bits & one) != 0) continue;
      if (!put_message(record, role, round)) return false;
      messages.bits |= one;
    }
  }
  return true;
}

// What the transaction under way leaves of the escrow's messages, so far.
AttemptTable::Messages& AttemptTable::messages_of(const EscrowRecord& record) {
  const auto [messages, first] = written_.try_emplace(record.id);
  const auto known = first ? durable_.find(record.id) : durable_.end();
  if (known != durable_.end()) messages->second = known->second;
  return messages->second;
}

bool AttemptTable::replace_attempt(const EscrowRecord& record) {
  const auto id = static_cast<std::int64_t>(record.id);
  drop_messages_->start().bind(1, id);
  drop_passwords_->start().bind(1, id);
  if (!drop_messages_->run() || !drop_passwords_->run()) return false;
  for (const Role role : all_roles) {
    const std::string& text = record.passwords[index_of(role)];
    if (text.empty()) continue;
    const std::string sealed =
        sealer_->seal(text, place_of(record.id, record.attempt, role, password));
    put_password_->start().bind(1, id).bind(2, static_cast<std::int64_t>(role));
    if (!put_password_->bind_bytes(3, sealed).run()) return false;
  }
  return true;
}

bool AttemptTable::put_message(const EscrowRecord& record, Role role, std::size_t round) {
  const std::string sealed =
      sealer_->seal(record.messages[index_of(role)][round].text(),
                    place_of(record.id, record.attempt, role, message_names[round]));
  put_message_->start().bind(1, static_cast<std::int64_t>(record.id));
  put_message_->bind(2, static_cast<std::int64_t>(role)).bind(3, static_cast<std::int64_t>(round));
  return put_message_->bind_bytes(4, sealed).run();
}

void AttemptTable::committed(std::span<const EscrowRecord> batch) {
  for (const EscrowRecord& record : batch) {
    if (is_set_up(record.phase))
      durable_.erase(record.id);
    else
      durable_[record.id] = written_[record.id];
  }
}

std::optional<std::string> AttemptTable::read_into(sqlite::Connection& db, const Sealer* sealer,
                                                   Records& records) {
  if (auto wrong = read_messages(db, sealer, records)) return wrong;
  if (sealer) {
    if (auto wrong = read_passwords(db, *sealer, records)) return wrong;
    for (const auto& [id, record] : records)
      if (!is_set_up(record.phase)) durable_[id] = messages_in(record);
  }
  return std::nullopt;
}

AttemptTable::Messages AttemptTable::messages_in(const EscrowRecord& record) {
  Messages messages{record.attempt, 0};
  for (std::size_t role = 0; role < role_count; ++role)
    for (std::size_t round = 0; round < message_rounds; ++round)
      if (!record.messages[role][round].empty()) messages.bits |= bit(role, round);
  return messages;
}

}  // namespace escrowstorm::coordinator
