// Calls to the fleet as the coordinator makes them: each with a deadline, repeated where the retry
// rule allows it, each attempt told as an event of kind rpc. Events carry neither parameters nor
// answers, so no secret gets into them.
//
// Lives on the world's executor. A call refers to its client until it ends.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/observer.hpp"
#include "base/transport.hpp"

namespace escrowstorm::coordinator {

// What a call is made for, and where. Both escrow and role, or neither where it is for no escrow.
struct CallSite {
  std::optional<EscrowId> escrow;
  std::optional<Role> role;
  InstanceId instance = 0;
  std::string wallet;      // that the caller believes to be open there
  std::string_view phase;  // a literal
};

enum class Repeat : unsigned char { where_allowed, never };

class WalletClient {
 public:
  // Every attempt ends within `call_deadline`.
  WalletClient(Transport& transport, Clock& clock, Observer& observer, Duration call_deadline);
  WalletClient(const WalletClient&) = delete;
  WalletClient& operator=(const WalletClient&) = delete;

  // The answer holds the alternative that belongs to the request; the error is the last attempt's.
  Awaitable<CallResult<walletrpc::Answer>> call(CallSite site, walletrpc::Request request,
                                                Repeat repeat = Repeat::where_allowed);

  // Calls under way end without an event and are not repeated, as if the coordinator were no more.
  void abandon() { abandoned_ = true; }

 private:
  void report(const CallSite& site, std::string_view method,
              const CallResult<walletrpc::Answer>& result, TimePoint began);

  Transport& transport_;
  Clock& clock_;
  Observer& observer_;
  const Duration call_deadline_;
  bool abandoned_ = false;
};

}  // namespace escrowstorm::coordinator
