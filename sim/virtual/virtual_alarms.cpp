#include "sim/virtual/virtual_alarms.hpp"

namespace escrowstorm::sim {
namespace {

class Ringing;

class VirtualAlarm final : public Alarm, private Deadline {
 public:
  VirtualAlarm(VirtualLoop& loop, LaneId lane, std::function<void()> ring)
      : loop_(loop), lane_(lane), ring_(std::move(ring)) {}
  ~VirtualAlarm() override { unset(); }

  void set(TimePoint t) override;
  void unset() override;

 private:
  friend class Ringing;
  void reached() override;
  void dropped() override {}

  VirtualLoop& loop_;
  const LaneId lane_;
  const std::function<void()> ring_;
  Ringing* ringing_ = nullptr;  // its moment has come, it is among the ready
};

// The alarm or the task may go first.
class Ringing final : public Task {
 public:
  Ringing(LaneId lane, VirtualAlarm& alarm) : Task(lane), alarm_(&alarm) {}
  ~Ringing() override { leave(); }

  void run() override {
    if (VirtualAlarm* const alarm = leave()) alarm->ring_();
  }

  VirtualAlarm* leave() {
    if (alarm_) alarm_->ringing_ = nullptr;
    return std::exchange(alarm_, nullptr);
  }

 private:
  VirtualAlarm* alarm_;
};

void VirtualAlarm::set(TimePoint t) {
  unset();
  if (t > loop_.now())
    loop_.deadlines().set(*this, t);
  else
    reached();
}

void VirtualAlarm::unset() {
  if (is_set()) loop_.deadlines().cancel(*this);
  if (ringing_) ringing_->leave();
}

void VirtualAlarm::reached() {
  auto ringing = std::make_unique<Ringing>(lane_, *this);
  ringing_ = ringing.get();
  loop_.push(std::move(ringing));
}

}  // namespace

std::unique_ptr<Alarm> VirtualAlarms::make(Executor executor, std::function<void()> ring) {
  return std::make_unique<VirtualAlarm>(loop_, VirtualLoop::lane_of(executor), std::move(ring));
}

}  // namespace escrowstorm::sim
