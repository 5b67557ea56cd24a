// A world action that changes something for a time, and then puts it right.
#pragma once

#include <functional>
#include <utility>

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class LastingChange : public WorldAction {
 public:
  // `end`: the phase that tells that it is right again (fault_phase.hpp).
  LastingChange(std::string_view end, Duration lasts) : end_(end), lasts_(lasts) {}

  std::optional<Duration> lasts() const final { return lasts_; }
  void end(Outages& outages, const FaultSite& site) const final {
    outages.put_right(end_, changed_at(site), lasts_);
  }

 protected:
  // What of the site is changed; nothing of it where the whole world is.
  virtual FaultSite changed_at(const FaultSite&) const { return {}; }

  bool is_changed(const Outages& outages, const FaultSite& site) const {
    return outages.is_changed(end_, changed_at(site));
  }
  // It was changed just now; `put_right` undoes it.
  void changed(Outages& outages, const FaultSite& site, std::function<void()> put_right) const {
    outages.change(end_, changed_at(site), std::move(put_right));
  }

 private:
  const std::string_view end_;
  const Duration lasts_;
};

}  // namespace escrowstorm::sim
