// The coordinator's memory in a SQLite file, without threads or coroutines: every call does its
// work and returns. SqliteStore carries it in a thread of its own.
//
// Write-ahead log, synchronous=FULL: what write() accepted survives a crash of the machine. What is
// secret (passwords, key exchange messages, txsets) is sealed under the database's key, the rest
// has marks under it: who has not the key can neither read the one nor change the other. What he
// can do is to put back the file as it was, or to take whole rows away. The file is readable by its
// owner only. One in memory has no file and goes with the object. One thread at a time; movable.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "coordinator/secrets/database_key.hpp"
#include "coordinator/store/escrow_store.hpp"
#include "coordinator/store/store_result.hpp"

namespace escrowstorm::coordinator {

class EscrowDatabase {
 public:
  // Opens the file, making it when there is none (its folder must exist). An error names the file
  // and the remedy: no database, another program's, of a newer version, damaged, not to be written,
  // no key, not its key. A file of an older version becomes one of this, sealed.
  static StoreResult<EscrowDatabase> open(const std::filesystem::path& file,
                                          const std::optional<DatabaseKey>& key);

  // Empty, of no file. A write to it fails only for want of memory, and may leave half a batch.
  static StoreResult<EscrowDatabase> open_in_memory(const DatabaseKey& key);

  EscrowDatabase(EscrowDatabase&&) noexcept;
  EscrowDatabase& operator=(EscrowDatabase&&) noexcept;
  ~EscrowDatabase();

  // All of the batch in one transaction, or nothing of it. A later record of one escrow replaces an
  // earlier one; messages that are known to be durable are not written again, those of an earlier
  // attempt are removed. After an error the database can be used again.
  std::optional<StoreError> write(std::span<const EscrowRecord> batch);

  // Every escrow, ordered by id. What was changed without the key is an error that says where.
  StoreResult<std::vector<EscrowRecord>> read_all();

 private:
  struct Parts;
  explicit EscrowDatabase(std::unique_ptr<Parts> parts);
  static StoreResult<EscrowDatabase> prepare(std::unique_ptr<Parts> parts, const std::string& name,
                                             const std::string& journal,
                                             const std::optional<DatabaseKey>& key);

  std::unique_ptr<Parts> parts_;
};

}  // namespace escrowstorm::coordinator
