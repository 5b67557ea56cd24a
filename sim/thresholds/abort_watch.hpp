// Thresholds that end their run early. One is broken when it can't hold any more, however well the
// rest of the run goes: its metric only grows, and is past the limit already. So there is nothing
// to wait for before it is looked at, and no run ends early that could have passed.
//
// The whole of a ratio is taken to become as great as it can: the escrows that were planned. So are
// the samples of a percentile, those that are still to come being the best.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/observer.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/thresholds/gauges.hpp"

namespace escrowstorm::sim {

// Why it can't be known before the end that it is broken, a clause; nothing when it can.
std::optional<std::string> why_not_abort(const Threshold& threshold);

class AbortWatch final : public Observer {
 public:
  using Broken = std::function<void(const Threshold&)>;

  // `broken` is called once, of the first threshold that breaks, while its event is told.
  AbortWatch(const Scenario& scenario, Broken broken);

  void on(const Event& event) override;

 private:
  struct Watched {
    Threshold threshold;
    Gauge gauge;
  };

  bool is_broken(const Watched& watched) const;

  const std::uint64_t planned_;
  Broken broken_;  // none once it was called
  std::vector<Watched> watched_;
  FirstReady first_ready_;
};

}  // namespace escrowstorm::sim
