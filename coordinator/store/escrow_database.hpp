// The coordinator's memory in a SQLite file, without threads or coroutines: every call does its
// work and returns. SqliteStore carries it in a thread of its own.
//
// Write-ahead log, synchronous=FULL: what write() accepted survives a crash of the machine. The
// file is readable by its owner only, since key exchange messages are secret. One in memory has
// neither and goes with the object. One thread at a time; movable.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "coordinator/store/escrow_store.hpp"

namespace escrowstorm::coordinator {

struct StoreError {
  std::string message;  // one clause
};

// Asking a failed result for its value is a bug of the caller.
[[noreturn]] void throw_exception_from_error(const StoreError& error,
                                             const boost::source_location& place);

template <class T>
using StoreResult = boost::system::result<T, StoreError>;

class EscrowDatabase {
 public:
  // Opens the file, making it when there is none (its folder must exist). An error names the file
  // and the remedy: no database, another program's, of a newer version, not to be written. A file
  // of an older version becomes one of this.
  static StoreResult<EscrowDatabase> open(const std::filesystem::path& file);

  // Empty, of no file.
  static StoreResult<EscrowDatabase> open_in_memory();

  EscrowDatabase(EscrowDatabase&&) noexcept;
  EscrowDatabase& operator=(EscrowDatabase&&) noexcept;
  ~EscrowDatabase();

  // All of the batch in one transaction, or nothing of it. A later record of one escrow replaces an
  // earlier one; messages that are known to be durable are not written again, those of an earlier
  // attempt are removed. After an error the database can be used again.
  std::optional<StoreError> write(std::span<const EscrowRecord> batch);

  // Every escrow, ordered by id.
  StoreResult<std::vector<EscrowRecord>> read_all();

 private:
  struct Parts;
  explicit EscrowDatabase(std::unique_ptr<Parts> parts);
  static StoreResult<EscrowDatabase> prepare(std::unique_ptr<Parts> parts, const std::string& name,
                                             const std::string& journal);

  std::unique_ptr<Parts> parts_;
};

}  // namespace escrowstorm::coordinator
