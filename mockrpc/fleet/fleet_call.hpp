// A call on its way through a fleet. Shared by who made it and the seat, so that it runs when
// whoever made it is gone. Told of on the world's executor.
#pragma once

#include <optional>

#include "base/call_for.hpp"
#include "base/wait_list.hpp"
#include "mockrpc/fleet/fleet_reply.hpp"

namespace escrowstorm::mockrpc {

class FleetCall {
 public:
  virtual ~FleetCall() = default;

  // What is asked. None: a body that is no call, which has its turn and costs nothing.
  std::optional<walletrpc::Request> request;
  std::optional<CallFor> whom;
  // Once it is over.
  std::optional<FleetReply> reply;

  // The reply is there, and leaves now. May be told within Fleet::begin(). May not call the fleet,
  // nor run what may.
  virtual void over() = 0;
  // The fleet has ended before that.
  virtual void abandoned() = 0;
};

// One that a coroutine waits for.
class AwaitedCall final : public FleetCall {
 public:
  bool is_over() const { return over_; }
  // REQUIRES: not over.
  Awaitable<void> wait() { return place_.wait(); }

  void over() override {
    over_ = true;
    place_.wake();
  }
  void abandoned() override { place_.drop(); }

 private:
  bool over_ = false;
  WaitPlace place_;
};

}  // namespace escrowstorm::mockrpc
