// The EscrowStore of the real worlds: an EscrowDatabase in a thread of its own. Commits that come
// while one is being written wait and are then written together, in one transaction with one flush
// to the disk, so a thousand escrows cost hardly more flushes than one.
//
// commit() is called on the world's executor and resumes there. The world's loop outlives the
// store. The destructor lets the transaction under way end, drops the commits that are queued (as a
// crash would: nobody was told that they are durable), and joins the thread.
#pragma once

#include <memory>

#include "coordinator/store/escrow_database.hpp"

namespace escrowstorm::coordinator {

class SqliteStore final : public EscrowStore {
 public:
  explicit SqliteStore(EscrowDatabase database);
  ~SqliteStore() override;

  Awaitable<std::optional<std::string>> commit(EscrowRecord record) override;

 private:
  class Writer;
  std::unique_ptr<Writer> writer_;
};

}  // namespace escrowstorm::coordinator
