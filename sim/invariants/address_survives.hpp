// address_survives: an address that was given out is in the coordinator's memory, the same one,
// whenever a coordinator starts on it, and in the end. It counts as given out when the coordinator
// tells that it publishes it, or the storm that it was answered. An address that is gone is the
// escrow's money gone, if the buyer has paid; one that changed sends it elsewhere.
#pragma once

#include <map>

#include "sim/invariants/invariant.hpp"

namespace escrowstorm::sim {

class AddressSurvives final : public Invariant {
 public:
  using Invariant::Invariant;
  void told(const Event& event) override;
  void remembered(TimePoint at, std::span<const coordinator::EscrowRecord> records) override;

 private:
  std::map<EscrowId, std::string> told_;  // shortened, as events have them
};

}  // namespace escrowstorm::sim
