// The escrow service as a library: sets up 2-of-3 escrows over a fleet of wallet RPC instances. It
// knows no world: time, wallets, memory and events reach it through seams. Lives on the world's
// executor; all references outlive it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/executors.hpp"
#include "base/observer.hpp"
#include "base/transport.hpp"
#include "coordinator/store/escrow_store.hpp"

namespace escrowstorm::coordinator {

struct CoordinatorOptions {
  std::string slots = "exclusive_lease";  // a name of slots/policies.hpp
  bool verify_wallet = true;              // ask whose wallet is open after every open
  Duration call_deadline = std::chrono::seconds(60);
  // Wallet files are named <prefix>_<escrow>_<role>: unique on the fleet, letters and digits.
  std::string wallet_prefix = "escrow";
};

struct SetupOutcome {
  bool ready = false;
  std::string address;  // published, when ready
  std::string failure;  // one clause, when not: "buyer: make_multisig on instance 3: -28 ..."
};

class Coordinator {
 public:
  // Throws std::invalid_argument on a policy name that is none, or on fewer than three instances.
  Coordinator(Transport& transport, Clock& clock, Executors& executors, Observer& observer,
              EscrowStore& store, CoordinatorOptions options);
  ~Coordinator();  // drops set-ups under way, as a crash would; does no I/O
  Coordinator(const Coordinator&) = delete;
  Coordinator& operator=(const Coordinator&) = delete;

  // Waits for instances, sets the three wallets up, publishes the address and frees the instances.
  // Ends always, since every call has a deadline. REQUIRES: `id` was not set up before.
  Awaitable<SetupOutcome> set_up(EscrowId id);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace escrowstorm::coordinator
