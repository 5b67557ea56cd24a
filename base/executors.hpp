// Seam: where coroutines run, tagged with the escrow or instance they run for, so that a scheduler
// of the virtual world has something to choose by. Real worlds answer with one and the same
// executor. May be called from the world's executor only.
#pragma once

#include <cstdint>

#include "base/async.hpp"

namespace escrowstorm {

class Executors {
 public:
  virtual ~Executors() = default;

  virtual Executor for_escrow(std::uint64_t escrow) = 0;
  virtual Executor for_instance(std::uint32_t instance) = 0;
};

// One executor for everything.
class SingleExecutor final : public Executors {
 public:
  explicit SingleExecutor(Executor executor) : executor_(std::move(executor)) {}

  Executor for_escrow(std::uint64_t) override { return executor_; }
  Executor for_instance(std::uint32_t) override { return executor_; }

 private:
  Executor executor_;
};

}  // namespace escrowstorm
