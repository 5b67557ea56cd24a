// The last blocks of the chain are replaced by others.
#pragma once

#include "mockrpc/chain/reorganise.hpp"
#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class Reorganisation final : public WorldAction {
 public:
  explicit Reorganisation(const FaultParameters& parameters) : depth_(parameters.depth) {}

  bool can_strike(const Outages& outages, const FaultSite&) const override {
    return depth_ < outages.world().chain().height();
  }
  void strike(Outages& outages, const FaultSite&) const override {
    mockrpc::reorganise(outages.world().chain(), depth_);
  }

 private:
  const std::uint64_t depth_;
};

}  // namespace escrowstorm::sim
