// What is down or changed by a fault, since when: so that nothing crashes twice, and that all can
// be started again and put right. Tells each restart as an event. On the world's executor; all
// references outlive it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/clock.hpp"
#include "base/observer.hpp"
#include "sim/faults/fault_phase.hpp"
#include "sim/faults/fault_site.hpp"
#include "sim/faults/world_control.hpp"

namespace escrowstorm::sim {

class Outages {
 public:
  Outages(WorldControl& world, Clock& clock, Observer& observer)
      : world_(world), clock_(clock), observer_(observer) {}

  WorldControl& world() const { return world_; }

  bool is_instance_up(std::uint32_t instance) const { return !instances_.contains(instance); }
  bool is_hanging(std::uint32_t instance) const { return hanging_.contains(instance); }
  bool is_coordinator_up() const { return !coordinator_; }

  // REQUIRES: it is up; to hang, it does not yet. One that is killed hangs no more, and a
  // coordinator that crashes is suspended no more.
  void kill_instance(std::uint32_t instance);
  void hang_instance(std::uint32_t instance);
  void crash_coordinator();

  // Anything else that a fault changes at a site, until it is put right, whose phase is `end`. Once
  // more: from now on anew.
  bool is_changed(std::string_view end, const FaultSite& site) const {
    return changes_.contains({end, site});
  }
  void change(std::string_view end, const FaultSite& site, std::function<void()> put_right);
  // Unless it was changed once more since. What is right is left alone.
  void put_right(std::string_view end, const FaultSite& site, Duration lasted);

  // What is up, or goes on, already is left alone.
  void start_instance(std::uint32_t instance);
  void resume_instance(std::uint32_t instance);
  void start_coordinator();
  void start_all();

 private:
  struct Change {
    TimePoint since;
    std::function<void()> put_right;
  };
  using Changes = std::map<std::pair<std::string_view, FaultSite>, Change>;

  void put_right(Changes::iterator at);
  void tell(std::string_view phase, const FaultSite& site, TimePoint since);

  WorldControl& world_;
  Clock& clock_;
  Observer& observer_;
  std::map<std::uint32_t, TimePoint> instances_;
  std::map<std::uint32_t, TimePoint> hanging_;
  std::optional<TimePoint> coordinator_;
  Changes changes_;
};

}  // namespace escrowstorm::sim
