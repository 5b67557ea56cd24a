// How much longer a set-up takes the later it is asked for: what tells a load that is too much from
// one that is not, however long it lasts. Set-ups of an open storm count from when they were due.
#pragma once

#include <map>
#include <optional>
#include <span>

#include "base/observer.hpp"

namespace escrowstorm::sim {

class WaitGrowth final : public Observer {
 public:
  void on(const Event& event) override;

  // From the middle third of those that became ready to the last third, as a percentage of the time
  // between them: 0 where all that comes is carried, 25 where of five that come four are. Nothing
  // where there are too few.
  std::optional<double> percent() const;

 private:
  struct SetUp {
    TimePoint due;
    Duration took;
  };

  static SetUp mean_of(std::span<const SetUp> some);

  std::map<EscrowId, TimePoint> under_way_;  // when they were due
  std::map<EscrowId, SetUp> ready_;          // in the order in which they were due
};

}  // namespace escrowstorm::sim
