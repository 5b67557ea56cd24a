// The form of the coordinator's database: whether a file is one, whole, of a version that is known
// and of this key. A new one gets its tables here, one of an older version becomes one of this.
// Internal to EscrowDatabase.
#pragma once

#include <optional>
#include <string>

#include "coordinator/secrets/database_key.hpp"
#include "coordinator/store/sqlite.hpp"
#include "coordinator/store/store_result.hpp"

namespace escrowstorm::coordinator {

// What its values are sealed with. `name` is for messages, `journal` a mode of SQLite's.
StoreResult<Sealer> prepare_schema(sqlite::Connection& db, const std::string& name,
                                   const std::string& journal,
                                   const std::optional<DatabaseKey>& key);

// The last call of the connection failed.
StoreError failed_open(const std::string& name, const sqlite::Connection& db);

StoreError damaged(const std::string& name, const std::string& what);
StoreError needs_key(const std::string& name);

}  // namespace escrowstorm::coordinator
