// Seam: what the calls to a fleet really did, and to which wallet, whatever becomes of their
// answers. Judges of a run believe this and nothing that the coordinator says. Told on the world's
// executor; references hold during the call only. May not call the fleet.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/call_for.hpp"
#include "base/time.hpp"
#include "mockrpc/instance/instance.hpp"
#include "mockrpc/latency/distribution.hpp"

namespace escrowstorm::mockrpc {

struct LedgerEntry {
  TimePoint at;
  std::uint32_t instance;
  std::optional<CallFor> whom;  // as its JSON-RPC id says, or the caller in process
  const walletrpc::Request* request;
  const CallOutcome* outcome;      // what the wallet did, also when the answer is lost
  std::string_view wallet_before;  // file name in the slot as the call began; empty: none
  const Wallet* wallet;            // in the slot now; null: none
  CallCost cost;                   // what it takes alone, without what a fault adds
};

class Ledger {
 public:
  virtual ~Ledger() = default;

  // A call that executed, as it does.
  virtual void executed(const LedgerEntry& entry) = 0;

  // A call that never executes: a fault kept it from it, or its instance was killed while it was
  // queued. Those that found nobody listening are not told.
  virtual void dropped(TimePoint at, std::uint32_t instance, std::optional<CallFor> whom,
                       const walletrpc::Request& request) = 0;

  // Somebody copied the files of a wallet, by no call.
  virtual void copied(TimePoint, std::string_view /*from*/, std::string_view /*to*/) {}

  // An instance that was killed. The wallet that was open, empty: none, is closed unsaved.
  virtual void killed(TimePoint at, std::uint32_t instance, std::string_view wallet) = 0;
};

}  // namespace escrowstorm::mockrpc
