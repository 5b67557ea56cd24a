// leased_once: an instance works for one role of one escrow at a time. As long as it is leased to
// one alone, as the coordinator tells, no call for anybody else is executed there, not even one
// that had been waiting there before. Otherwise it is seen by the calls who has it: who creates or
// opens a wallet there takes it, and whoever goes on calling it after another has taken it thought
// it was still his own.
#pragma once

#include "sim/invariants/invariant.hpp"

namespace escrowstorm::sim {

class LeasedOnce final : public Invariant {
 public:
  using Invariant::Invariant;
  void executed(const mockrpc::LedgerEntry& entry) override;
  void killed(TimePoint at, std::uint32_t instance) override;
  void told(const Event& event) override;

 private:
  struct Slot {
    int leases = 0;                    // where instances are shared there are several
    std::optional<CallFor> leased_to;  // the only one
    std::optional<CallFor> taken_by;
  };

  Slot& slot(std::uint32_t instance);
  void wrong(const mockrpc::LedgerEntry& entry, const std::string& why);

  std::vector<Slot> slots_;  // by instance
};

}  // namespace escrowstorm::sim
