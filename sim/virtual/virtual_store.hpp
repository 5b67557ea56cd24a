// The coordinator's memory in the virtual world: the real database, in memory, with commits that
// take virtual time. As on a disk, commits that come while one is being written wait and are then
// written together, and a crash loses what is not written: nobody was told that it is durable.
//
// Lives on the world's loop, which it outlives.
#pragma once

#include <memory>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/wait_list.hpp"
#include "coordinator/store/escrow_database.hpp"
#include "sim/world/memory.hpp"

namespace escrowstorm::sim {

class VirtualStore final : public CoordinatorMemory, private coordinator::EscrowStore {
 public:
  // References outlive it. `random` draws what each flush takes; `on_durable`, which may be none,
  // hears of each record at the moment in which it is durable.
  VirtualStore(Clock& clock, Executor executor, const coordinator::DatabaseKey& key,
               RandomStream random, DurableRecord on_durable);
  ~VirtualStore() override;

  coordinator::EscrowStore& store() override { return *this; }
  void crash() override;
  std::vector<coordinator::EscrowRecord> read() override;

 private:
  struct Batch;

  Awaitable<std::optional<std::string>> commit(coordinator::EscrowRecord record) override;
  static Awaitable<void> flush(VirtualStore* store, std::weak_ptr<Batch> begun);
  void start_flush();
  void end_flush();

  coordinator::EscrowDatabase database_;
  Clock& clock_;
  Executor executor_;
  RandomStream random_;
  DurableRecord on_durable_;
  std::shared_ptr<Batch> gathering_;  // the commits that the next flush writes
  std::shared_ptr<Batch> flushing_;   // none: no flush is under way
};

}  // namespace escrowstorm::sim
