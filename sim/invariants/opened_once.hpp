// opened_once: no wallet file is open in two instances. The files are locked, but an instance that
// opens what it has open already loses the lock.
#pragma once

#include <unordered_map>

#include "sim/invariants/invariant.hpp"

namespace escrowstorm::sim {

class OpenedOnce final : public Invariant {
 public:
  using Invariant::Invariant;
  void executed(const mockrpc::LedgerEntry& entry) override;
  void killed(TimePoint at, std::uint32_t instance) override;

 private:
  void closed(std::uint32_t instance);

  std::vector<std::string> open_in_;  // by instance; empty: none
  // Looked up, never iterated.
  std::unordered_map<std::string, std::uint32_t> opened_;  // the last instance that did
};

}  // namespace escrowstorm::sim
