#include "sim/world/file_memory.hpp"

#include <stdexcept>

namespace escrowstorm::sim {
namespace {

coordinator::EscrowDatabase open_database(const std::filesystem::path& file,
                                          const coordinator::DatabaseKey& key) {
  auto opened = coordinator::EscrowDatabase::open(file, key);
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

}  // namespace

FileMemory::FileMemory(std::filesystem::path file, coordinator::DatabaseKey key,
                       DurableRecord on_durable)
    : file_(std::move(file)),
      key_(std::move(key)),
      on_durable_(std::move(on_durable)),
      sqlite_(std::make_unique<coordinator::SqliteStore>(open_database(file_, key_))) {}

void FileMemory::crash() { sqlite_.reset(); }

std::vector<coordinator::EscrowRecord> FileMemory::read() {
  sqlite_.reset();
  coordinator::EscrowDatabase database = open_database(file_, key_);
  auto records = database.read_all();
  if (!records) throw std::runtime_error(file_.string() + ": " + records.error().message);
  sqlite_ = std::make_unique<coordinator::SqliteStore>(std::move(database));
  return std::move(*records);
}

Awaitable<std::optional<std::string>> FileMemory::commit(coordinator::EscrowRecord record) {
  coordinator::EscrowRecord kept = record;
  std::optional<std::string> error = co_await sqlite_->commit(std::move(record));
  if (!error && on_durable_) on_durable_(kept);
  co_return error;
}

}  // namespace escrowstorm::sim
