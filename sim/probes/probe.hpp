// Rare situations that a search must have met before its silence means anything: "sometimes"
// probes, counted as they come. A probe listens as an invariant does and judges nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/observer.hpp"
#include "coordinator/store/escrow_store.hpp"
#include "mockrpc/fleet/ledger.hpp"

namespace escrowstorm::sim {

struct Scenario;

class Probe {
 public:
  Probe() = default;
  virtual ~Probe() = default;
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

  virtual void executed(const mockrpc::LedgerEntry&) {}
  virtual void dropped(const std::optional<CallFor>&) {}
  virtual void killed(std::uint32_t /*instance*/, std::string_view /*wallet*/) {}
  virtual void durable(const coordinator::EscrowRecord&) {}
  virtual void told(const Event&) {}

  std::uint64_t met() const { return met_; }

 protected:
  void meet() { ++met_; }

 private:
  std::uint64_t met_ = 0;
};

// Without which a situation can't come up. A scenario that has it may still never lead there.
struct ProbeNeed {
  std::string_view about;  // "escrows that are paid"; empty: nothing is needed
  bool (*is_met_by)(const Scenario& scenario);
};

struct ProbeKind {
  std::string_view name;
  std::string_view about;
  const ProbeNeed& needs;
  std::unique_ptr<Probe> (*make)();
};

// The table. To add one: a class in one of the files here or in one of its own, and a line in
// probes.cpp.
std::span<const ProbeKind> probe_kinds();

// Whether the event tells that the coordinator died.
bool is_coordinator_crash(const Event& event);

}  // namespace escrowstorm::sim
