// Where a coordinator runs: wallets, time, and a loop to run on. One world for one run; made by the
// factory of its name (worlds.hpp), which starts whatever it needs and ends it with the object.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "base/clock.hpp"
#include "base/executors.hpp"
#include "base/transport.hpp"
#include "coordinator/files/wallet_folder.hpp"
#include "coordinator/secrets/entropy.hpp"
#include "mockrpc/fleet/fleet.hpp"
#include "sim/world/memory.hpp"

namespace escrowstorm::sim {

class Bank;

// The world could not be set up. what() names what failed and the remedy; where several instances
// are unfit, or a program left its last words, it goes on in further lines. Exit status 6.
class WorldError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A signal asked for an end while the world was being set up. Exit status 130: catch it before
// WorldError.
class WorldInterrupted : public WorldError {
 public:
  WorldInterrupted() : WorldError("interrupted while the world was being set up") {}
};

class World {
 public:
  virtual ~World() = default;

  virtual Clock& clock() = 0;
  virtual Executors& executors() = 0;
  // Of what is no escrow's and no instance's.
  virtual Executor executor() = 0;
  virtual Transport& transport() = 0;

  // A prefix that no wallet on this fleet has yet.
  virtual std::string wallet_prefix() const = 0;

  // The mock that its wallets are of; null: they are real. Faults need one, and so does a ledger.
  virtual mockrpc::Fleet* fleet() { return nullptr; }

  // Where the wallets' files are; null where they can't be reached.
  virtual coordinator::WalletFolder* wallet_folder() { return nullptr; }

  // What they see; null where it is not the mock's.
  virtual mockrpc::Chain* chain() { return nullptr; }

  // What the wallets' passwords are made of.
  virtual coordinator::Entropy& entropy() = 0;

  // Not opened yet; null where the scenario needs no money.
  virtual Bank* bank() { return nullptr; }

  // A coordinator's memory, new and empty. Once; the world outlives it. An error is thrown.
  virtual std::unique_ptr<CoordinatorMemory> open_memory(DurableRecord on_durable) = 0;

  // Runs the loop until `main` has ended, or a signal asked for an end, or nothing is left that
  // could ever run. `tick` is called about five times a second of real time, apart from the world's
  // own doings.
  virtual void run(Awaitable<void> main, std::function<void()> tick) = 0;

  // True once a signal asked for an end; run() returned before `main` had ended.
  virtual bool interrupted() const = 0;

  // What its loop has done so far: tasks run and deadlines reached. 0 of a world in real time.
  virtual std::uint64_t steps() const { return 0; }

  // Drops every coroutine of the world. Called once, after run(), before what they refer to goes.
  virtual void abandon() = 0;
};

}  // namespace escrowstorm::sim
