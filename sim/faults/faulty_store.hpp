// A store whose commits go wrong as faults say. Lives as long as the run, over the coordinator's
// deaths; on the world's executor, which it outlives.
#pragma once

#include <memory>

#include "base/wait_list.hpp"
#include "coordinator/store/escrow_store.hpp"
#include "sim/faults/commit_faults.hpp"

namespace escrowstorm::sim {

class FaultyStore final : public coordinator::EscrowStore {
 public:
  // Outlives this.
  explicit FaultyStore(coordinator::EscrowStore& store);

  // Outlive this, or the world's loop; none until then.
  void set_faults(CommitFaults* faults) { faults_ = faults; }

  // The coordinator died: who waits for a commit is dropped.
  void crash();

  Awaitable<std::optional<std::string>> commit(coordinator::EscrowRecord record) override;

 private:
  Awaitable<std::optional<std::string>> carry(coordinator::EscrowRecord record);

  coordinator::EscrowStore& store_;
  CommitFaults* faults_ = nullptr;
  std::unique_ptr<WaitList> never_told_;
};

}  // namespace escrowstorm::sim
