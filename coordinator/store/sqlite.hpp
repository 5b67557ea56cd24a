// SQLite as this project uses it: a connection, and statements whose values are bound. Results are
// SQLite's codes; Connection::error() says the last one in words. One thread at a time.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace escrowstorm::coordinator::sqlite {

class Connection {
 public:
  // Made when absent. Also a failed open leaves a connection, to ask for the error.
  explicit Connection(const std::filesystem::path& file);

  bool is_open() const { return opened_ == SQLITE_OK; }
  bool is_read_only() const;
  bool in_transaction() const;
  int error_code() const;
  std::string error() const;

  // Runs statements that answer nothing of interest.
  bool run(const char* sql);
  // The first column of the first row, if all goes well and there is one.
  std::optional<std::int64_t> ask_number(const char* sql);
  std::optional<std::string> ask_text(const char* sql);
  std::optional<std::string> ask_bytes(const char* sql);

  sqlite3* get() const { return db_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* db) const;
  };
  std::unique_ptr<sqlite3, Close> db_;
  int opened_ = SQLITE_ERROR;
};

// Reset and unbound at the start of each use. The connection outlives it.
class Statement {
 public:
  // Not good() when the text does not fit the database.
  Statement(Connection& connection, const char* sql);

  bool good() const { return statement_ != nullptr; }

  // Parameters are numbered from 1. Texts and bytes must live until the last step.
  Statement& start();
  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, std::string_view value);
  Statement& bind_bytes(int parameter, std::string_view value);

  // Runs to the end: true when it got there.
  bool run();
  // SQLITE_ROW: the columns of a row can be read, numbered from 0. Otherwise SQLITE_DONE or an
  // error.
  int step();
  std::int64_t number(int column) const;
  std::string text(int column) const;
  std::string bytes(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace escrowstorm::coordinator::sqlite
