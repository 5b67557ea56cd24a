#include "sim/faults/outages.hpp"

#include <cassert>

namespace escrowstorm::sim {

void Outages::kill_instance(std::uint32_t instance) {
  assert(is_instance_up(instance));
  instances_.emplace(instance, clock_.now());
  hanging_.erase(instance);
  world_.kill_instance(instance);
}

void Outages::hang_instance(std::uint32_t instance) {
  assert(is_instance_up(instance) && !is_hanging(instance));
  hanging_.emplace(instance, clock_.now());
  world_.hang_instance(instance);
}

void Outages::crash_coordinator() {
  assert(is_coordinator_up());
  coordinator_ = clock_.now();
  changes_.erase({fault_phase::coordinator_resume, FaultSite()});
  world_.crash_coordinator();
}

void Outages::start_instance(std::uint32_t instance) {
  const auto down = instances_.find(instance);
  if (down == instances_.end()) return;
  const TimePoint since = down->second;
  instances_.erase(down);
  tell(fault_phase::wallet_restart, FaultSite{instance, {}}, since);
  world_.start_instance(instance);
}

void Outages::resume_instance(std::uint32_t instance) {
  const auto hanging = hanging_.find(instance);
  if (hanging == hanging_.end()) return;
  const TimePoint since = hanging->second;
  hanging_.erase(hanging);
  tell(fault_phase::wallet_resume, FaultSite{instance, {}}, since);
  world_.resume_instance(instance);
}

void Outages::start_coordinator() {
  if (!coordinator_) return;
  const TimePoint since = *coordinator_;
  coordinator_.reset();
  tell(fault_phase::coordinator_restart, FaultSite(), since);
  world_.start_coordinator();
}

void Outages::change(std::string_view end, const FaultSite& site, std::function<void()> put_right) {
  changes_.insert_or_assign({end, site}, Change{clock_.now(), std::move(put_right)});
}

void Outages::put_right(std::string_view end, const FaultSite& site, Duration lasted) {
  const auto change = changes_.find({end, site});
  if (change != changes_.end() && clock_.now() - change->second.since >= lasted) put_right(change);
}

void Outages::put_right(Changes::iterator at) {
  const auto [phase, site] = at->first;
  const Change change = std::move(at->second);
  changes_.erase(at);
  tell(phase, site, change.since);
  change.put_right();
}

void Outages::start_all() {
  while (!instances_.empty()) start_instance(instances_.begin()->first);
  while (!hanging_.empty()) resume_instance(hanging_.begin()->first);
  while (!changes_.empty()) put_right(changes_.begin());
  start_coordinator();
}

void Outages::tell(std::string_view phase, const FaultSite& site, TimePoint since) {
  Event event;
  event.at = clock_.now();
  event.kind = EventKind::fault;
  event.phase = phase;
  event.instance = site.instance;
  event.wallet = site.wallet;
  event.injected = true;
  event.duration = event.at - since;
  observer_.on(event);
}

}  // namespace escrowstorm::sim
