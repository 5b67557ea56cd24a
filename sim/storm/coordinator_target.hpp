// The coordinator in this process, as a Target. The coordinator outlives it.
#pragma once

#include <utility>

#include "coordinator/coordinator.hpp"
#include "sim/target.hpp"

namespace escrowstorm::sim {

class CoordinatorTarget final : public Target {
 public:
  explicit CoordinatorTarget(coordinator::Coordinator& coordinator) : coordinator_(coordinator) {}

  Awaitable<EscrowResult> set_up(EscrowId id) override {
    coordinator::SetupOutcome outcome = co_await coordinator_.set_up(id);
    EscrowResult result;
    result.ready = outcome.ready;
    result.address = std::move(outcome.address);
    result.failure = std::move(outcome.failure);
    co_return result;
  }

 private:
  coordinator::Coordinator& coordinator_;
};

}  // namespace escrowstorm::sim
