// no_session_leaked: an instance is given back with no wallet of its escrow left open, and when all
// is over none is open anywhere. What is open the ledger says; when an instance is given back, the
// coordinator's lease events. Excused is what a coordinator left open that died, what is at an
// instance that did not answer, and what an escrow has open while a fault struck any of its
// instances, or lasted there: who has met a lost slot may not dare to close the others, and what
// can't be saved can't be closed.
#pragma once

#include <set>
#include <unordered_map>

#include "sim/invariants/invariant.hpp"

namespace escrowstorm::sim {

class NoSessionLeaked final : public Invariant {
 public:
  using Invariant::Invariant;
  void executed(const mockrpc::LedgerEntry& entry) override;
  void killed(TimePoint at, std::uint32_t instance) override;
  void told(const Event& event) override;
  void over(TimePoint at) override;

 private:
  struct Slot {
    std::string wallet;           // that is open; empty: none
    std::optional<CallFor> whom;  // for whom it was opened
    std::optional<EscrowId> leased_to;
    bool excused = false;
    bool suspended = false;  // as the coordinator tells: it did not answer
    bool misled = false;     // a fault lasts here
  };

  // What an escrow has leased, and whether a fault struck there meanwhile. Gone with its last
  // lease.
  struct Leases {
    std::set<std::uint32_t> instances;
    bool struck = false;
  };

  Slot& slot(std::uint32_t instance);
  void crashed();
  void struck(std::uint32_t instance);
  void granted(const Event& event);
  void released(const Event& event);

  std::vector<Slot> slots_;  // by instance
  std::unordered_map<EscrowId, Leases> leases_;
};

}  // namespace escrowstorm::sim
