// The bank of the worlds with a mock fleet: on the same chain, on a fleet of its own with one
// instance, storage, cores and chance of its own, which no ledger and no fault hears of.
#pragma once

#include "base/alarm.hpp"
#include "base/executors.hpp"
#include "mockrpc/chain/chain.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "sim/virtual/in_process_transport.hpp"
#include "sim/world/bank.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {

class ChainMiner final : public Miner {
 public:
  // The chain outlives it.
  ChainMiner(mockrpc::Chain& chain, mockrpc::Network network) : chain_(chain), network_(network) {}

  Awaitable<BankResult<std::uint64_t>> mine(std::string address, std::uint64_t blocks) override;

 private:
  mockrpc::Chain& chain_;
  const mockrpc::Network network_;
};

// What the bank shares with its world, which outlives it.
struct MockBankHost {
  mockrpc::Chain& chain;
  Clock& clock;
  Executor executor;         // of the bank
  Executor of_instance;      // of its wallet RPC
  Alarms* alarms = nullptr;  // as in FleetOptions
  Carried carried = Carried::as_values;
};

class MockBank {
 public:
  // Throws WorldError.
  MockBank(const Scenario& scenario, const Random& random, const WorldOptions& options,
           const MockBankHost& host);

  Bank& bank() { return bank_; }

 private:
  SingleExecutor executors_;
  mockrpc::MemoryStorage storage_;
  mockrpc::Fleet fleet_;
  InProcessTransport transport_;
  ChainMiner miner_;
  Bank bank_;
};

}  // namespace escrowstorm::sim
