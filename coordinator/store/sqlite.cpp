#include "coordinator/store/sqlite.hpp"

namespace escrowstorm::coordinator::sqlite {

Connection::Connection(const std::filesystem::path& file) {
  sqlite3* db = nullptr;
  constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  opened_ = sqlite3_open_v2(file.c_str(), &db, flags, nullptr);
  db_.reset(db);
}

bool Connection::is_read_only() const { return sqlite3_db_readonly(db_.get(), "main") == 1; }

bool Connection::in_transaction() const { return sqlite3_get_autocommit(db_.get()) == 0; }

int Connection::error_code() const { return sqlite3_errcode(db_.get()); }

std::string Connection::error() const { return sqlite3_errmsg(db_.get()); }

bool Connection::run(const char* sql) {
  return sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

std::optional<std::int64_t> Connection::ask_number(const char* sql) {
  Statement statement(*this, sql);
  if (!statement.good() || statement.step() != SQLITE_ROW) return std::nullopt;
  return statement.number(0);
}

std::optional<std::string> Connection::ask_text(const char* sql) {
  Statement statement(*this, sql);
  if (!statement.good() || statement.step() != SQLITE_ROW) return std::nullopt;
  return statement.text(0);
}

std::optional<std::string> Connection::ask_bytes(const char* sql) {
  Statement statement(*this, sql);
  if (!statement.good() || statement.step() != SQLITE_ROW) return std::nullopt;
  return statement.bytes(0);
}

void Connection::Close::operator()(sqlite3* db) const { sqlite3_close_v2(db); }

Statement::Statement(Connection& connection, const char* sql) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(connection.get(), sql, -1, &statement, nullptr);
  statement_.reset(statement);
}

Statement& Statement::start() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  return *this;
}

// A bind can only fail for a wrong number (a bug) or for want of memory; the step then fails too.
Statement& Statement::bind(int parameter, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), parameter, value);
  return *this;
}

Statement& Statement::bind(int parameter, std::string_view value) {
  // An empty view may have no address, which SQLite would take for NULL.
  const char* const bytes = value.empty() ? "" : value.data();
  sqlite3_bind_text64(statement_.get(), parameter, bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_bytes(int parameter, std::string_view value) {
  const char* const bytes = value.empty() ? "" : value.data();
  sqlite3_bind_blob64(statement_.get(), parameter, bytes, value.size(), SQLITE_STATIC);
  return *this;
}

bool Statement::run() {
  const bool done = step() == SQLITE_DONE;
  sqlite3_reset(statement_.get());  // or it would keep the transaction open
  return done;
}

int Statement::step() { return sqlite3_step(statement_.get()); }

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
  const unsigned char* const bytes = sqlite3_column_text(statement_.get(), column);
  if (bytes == nullptr) return std::string();
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return std::string(reinterpret_cast<const char*>(bytes), size);
}

std::string Statement::bytes(int column) const {
  const void* const bytes = sqlite3_column_blob(statement_.get(), column);
  if (bytes == nullptr) return std::string();
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return std::string(static_cast<const char*>(bytes), size);
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

}  // namespace escrowstorm::coordinator::sqlite
