// One fault: what becomes of a call that its trigger takes, and what it does to the world. Decides
// and never acts on its own: the seat carries verdicts out, the engine calls strike() and end()
// when their time has come. A fault does one of the two, or both.
#pragma once

#include <cstdint>
#include <optional>

#include "base/observer.hpp"
#include "base/random.hpp"
#include "mockrpc/fleet/call_faults.hpp"
#include "sim/faults/fault_site.hpp"
#include "sim/faults/outages.hpp"
#include "sim/scenario/fault_spec.hpp"

namespace escrowstorm::sim {

// When its trigger looks at a call: as it arrives, as its turn comes, or as soon as it has
// executed.
enum class CallStage : unsigned char { arrival, before, after };

// While it executes it has, for the wallet.
constexpr CallStage stage_of(CrashWhen when) {
  return when == CrashWhen::before ? CallStage::before : CallStage::after;
}

// No answer comes.
inline mockrpc::Verdict dropped(mockrpc::NoReply lost) {
  mockrpc::Verdict verdict;
  verdict.kind = mockrpc::Verdict::Kind::drop;
  verdict.lost = lost;
  return verdict;
}
inline mockrpc::Verdict dropped(LostBy then) {
  return dropped(then == LostBy::silence ? mockrpc::NoReply::silent : mockrpc::NoReply::broken);
}

// Its bytes are not those of the answer.
inline mockrpc::Verdict spoilt(mockrpc::Damage::Kind how) {
  mockrpc::Verdict verdict;
  verdict.kind = mockrpc::Verdict::Kind::spoil;
  verdict.damage.kind = how;
  return verdict;
}
inline mockrpc::Verdict with_status(unsigned status) {
  mockrpc::Verdict verdict = spoilt(mockrpc::Damage::Kind::status);
  verdict.damage.status = status;
  return verdict;
}

inline mockrpc::Verdict paced(http::Pace pace) {
  mockrpc::Verdict verdict = spoilt(mockrpc::Damage::Kind::slow);
  verdict.damage.pace = pace;
  return verdict;
}

class Fault {
 public:
  virtual ~Fault() = default;

  virtual CallStage stage() const = 0;
  virtual mockrpc::Verdict verdict() const { return {}; }
  // Of one that leaves some of it to chance.
  virtual mockrpc::Verdict draw_verdict(RandomStream&) const { return verdict(); }

  // Adds what the event of its firing says beside the call.
  virtual void describe(Event&) const {}

  // Of those that act on the world. What can't strike does nothing.
  virtual bool can_strike(const Outages&, const FaultSite&) const { return true; }
  virtual void strike(Outages&, const FaultSite&) const {}
  // Whether it may strike while the call that triggers it is asked about: then nothing comes in
  // between.
  virtual bool strikes_within_the_call() const { return false; }

  // How long it lasts; nothing when it has no end. Then what ends it.
  virtual std::optional<Duration> lasts() const { return std::nullopt; }
  virtual void end(Outages&, const FaultSite&) const {}

  // Of those that act on commits: why one that its trigger takes fails. Nothing: it becomes
  // durable, and the fault strikes then.
  virtual std::optional<std::string> commit_error() const { return std::nullopt; }
};

// One that acts before the call that triggers it, which meets what it did, and may meet another end
// than it would have.
class WorldAction : public Fault {
 public:
  CallStage stage() const override { return CallStage::before; }
  bool strikes_within_the_call() const override { return true; }
};

}  // namespace escrowstorm::sim
