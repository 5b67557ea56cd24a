// Makes sure that an instance has nothing of before left to do, before it is handed out again: it
// is suspended, and asked to close its wallet until it has, or answers that none is open. Calls at
// an instance are served in their order, so by then it has done, or lost, all that was sent to it
// earlier, and has no wallet file locked. An instance that never does stays suspended.
//
// For pools whose policy is exclusive: where instances are shared the open wallet is another's.
//
// Its calls are for no escrow, of the phase "drain"; tells events of kind lease without an escrow,
// "suspended" and "resumed" (duration: how long it was suspended). Lives on the world's executor;
// references outlive it, the client is shared with the calls under way. Once destroyed it does no
// more: what is suspended then stays so.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/executors.hpp"
#include "coordinator/client/wallet_client.hpp"
#include "coordinator/slots/slot_pool.hpp"

namespace escrowstorm::coordinator {

class Drain : public std::enable_shared_from_this<Drain> {
 public:
  Drain(Clock& clock, Executors& executors, Observer& observer, SlotPool& slots,
        std::shared_ptr<WalletClient> client);

  // Suspends the instance at once. Nothing when it is being drained already. REQUIRES: whoever
  // still has it leased calls it no more.
  void begin(InstanceId instance);

  // What the carrier of its calls comes back with.
  void answered(InstanceId instance);

 private:
  void tell(std::string_view phase, InstanceId instance, Duration duration);

  Clock& clock_;
  Executors& executors_;
  Observer& observer_;
  SlotPool& slots_;
  const std::shared_ptr<WalletClient> client_;
  std::vector<std::optional<TimePoint>> since_;  // by instance: being drained
};

}  // namespace escrowstorm::coordinator
