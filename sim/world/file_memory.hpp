// The coordinator's memory in the real worlds: its database in a file, written by a thread of its
// own.
#pragma once

#include <filesystem>
#include <memory>

#include "coordinator/secrets/database_key.hpp"
#include "coordinator/store/sqlite_store.hpp"
#include "sim/world/memory.hpp"

namespace escrowstorm::sim {

class FileMemory final : public CoordinatorMemory, private coordinator::EscrowStore {
 public:
  // `on_durable`, which may be none, hears of each record that is durable, before the coordinator
  // does. Throws std::runtime_error when the file can't be had.
  FileMemory(std::filesystem::path file, coordinator::DatabaseKey key, DurableRecord on_durable);

  coordinator::EscrowStore& store() override { return *this; }
  void crash() override;
  std::vector<coordinator::EscrowRecord> read() override;

 private:
  Awaitable<std::optional<std::string>> commit(coordinator::EscrowRecord record) override;

  std::filesystem::path file_;
  coordinator::DatabaseKey key_;
  DurableRecord on_durable_;
  std::unique_ptr<coordinator::SqliteStore> sqlite_;  // none between a crash and the next read
};

}  // namespace escrowstorm::sim
