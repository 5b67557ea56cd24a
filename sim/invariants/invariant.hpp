// What must hold whatever happens. An invariant hears what the mock's ledger says, what became
// durable in the coordinator's memory, what is found there, and what was told as events; it is
// judged as things happen and once more when all is over. One class and one file for each;
// invariants.hpp has the table.
//
// Nothing that the coordinator says of itself is believed where the ledger can tell. For whom a
// call was made is an intention, and nobody else can know it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/observer.hpp"
#include "coordinator/store/escrow_store.hpp"
#include "mockrpc/fleet/ledger.hpp"
#include "sim/invariants/world_money.hpp"

namespace escrowstorm::sim {

struct Violation {
  std::string_view invariant;  // its name in the table
  TimePoint at{};
  std::optional<EscrowId> escrow;
  std::optional<std::uint32_t> instance;
  std::string what;  // one clause
};

// Where violations go.
class ViolationSink {
 public:
  virtual ~ViolationSink() = default;
  virtual void violated(Violation violation) = 0;
};

// What an invariant is made with.
struct InvariantScope {
  std::string_view name;  // of the invariant
  std::string_view wallet_prefix;
  ViolationSink& sink;
  const WorldMoney& money;
};

class Invariant {
 public:
  explicit Invariant(const InvariantScope& scope) : scope_(scope) {}
  virtual ~Invariant() = default;
  Invariant(const Invariant&) = delete;
  Invariant& operator=(const Invariant&) = delete;

  virtual void executed(const mockrpc::LedgerEntry&) {}
  virtual void killed(TimePoint, std::uint32_t /*instance*/) {}
  virtual void copied(std::string_view /*from*/, std::string_view /*to*/) {}
  virtual void durable(TimePoint, const coordinator::EscrowRecord&) {}
  virtual void told(const Event&) {}
  // All that is in the coordinator's memory: as one starts on it, and right before over().
  virtual void remembered(TimePoint, std::span<const coordinator::EscrowRecord>) {}
  // The storm has ended, or nothing more came of it; not when it was interrupted.
  virtual void over(TimePoint) {}

 protected:
  void violated(TimePoint at, std::optional<EscrowId> escrow, std::optional<std::uint32_t> instance,
                std::string what) {
    scope_.sink.violated({scope_.name, at, escrow, instance, std::move(what)});
  }
  const WorldMoney& money() const { return scope_.money; }
  std::string_view wallet_prefix() const { return scope_.wallet_prefix; }

 private:
  const InvariantScope scope_;
};

}  // namespace escrowstorm::sim
