// The coordinator's memory as a run sees it: a store that a crash can happen to, and that can be
// read again by whoever starts after it. Lives on the world's loop.
#pragma once

#include <functional>
#include <vector>

#include "coordinator/store/escrow_store.hpp"

namespace escrowstorm::sim {

class CoordinatorMemory {
 public:
  virtual ~CoordinatorMemory() = default;

  virtual coordinator::EscrowStore& store() = 0;

  // The coordinator died: commits that are not durable are lost, and who waits for them is dropped.
  virtual void crash() = 0;

  // What a coordinator finds when it starts. Throws std::runtime_error when it can't be read.
  virtual std::vector<coordinator::EscrowRecord> read() = 0;
};

using DurableRecord = std::function<void(const coordinator::EscrowRecord&)>;

}  // namespace escrowstorm::sim
