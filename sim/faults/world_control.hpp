// Seam: what faults do to a world. Each does its part at once and without waiting; called on the
// world's executor, from a task of the fault engine's own, never from inside a call: but for
// kill_instance(), which may be called while the fleet asks what becomes of a call.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mockrpc/chain/chain.hpp"
#include "mockrpc/fleet/fleet.hpp"

namespace escrowstorm::sim {

class Bank;

class WorldControl {
 public:
  virtual ~WorldControl() = default;

  virtual std::uint32_t instances() const = 0;

  // As by kill -9; and started again, with no wallet open. REQUIRES: it is up; it is down.
  virtual void kill_instance(std::uint32_t instance) = 0;
  virtual void start_instance(std::uint32_t instance) = 0;

  // As by SIGSTOP; and goes on. REQUIRES: it is up and does not hang; it hangs.
  virtual void hang_instance(std::uint32_t instance) = 0;
  virtual void resume_instance(std::uint32_t instance) = 0;

  // That the fleet has shut; as soon as it can be had.
  virtual void open_port(std::uint32_t instance) = 0;

  // Likewise; it starts again from what it had committed.
  virtual void crash_coordinator() = 0;
  virtual void start_coordinator() = 0;
  // REQUIRES: it is up, and not suspended. Nothing when it is not suspended, as it has died since.
  virtual void suspend_coordinator() = 0;
  virtual void resume_coordinator() = 0;

  // A client that is not ours opens `wallet`, and creates it first if there is none. Its calls wait
  // their turn like any other's.
  virtual void steal_slot(std::uint32_t instance, std::string wallet) = 0;

  // What else may be done to wallets, files and chain is these' own to offer, to tests as well.
  virtual mockrpc::Fleet& fleet() = 0;
  virtual mockrpc::Chain& chain() = 0;
  virtual Bank* bank() = 0;  // null: no blocks come
  // The names of all wallet files, sorted.
  virtual std::vector<std::string> wallets() const = 0;
};

}  // namespace escrowstorm::sim
