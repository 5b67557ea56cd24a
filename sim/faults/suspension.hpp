// Stands between a coordinator and its world where it may be stopped, as by SIGSTOP: time, answers
// and commits that come meanwhile, and who asks it for something, wait until it goes on. Only then
// does it see that they have come, in their order. Its calls that are under way run on.
//
// Lives on the world's executor; references outlive it, and it outlives the coordinator.
#pragma once

#include <memory>

#include "base/clock.hpp"
#include "base/transport.hpp"
#include "base/wait_list.hpp"
#include "coordinator/store/escrow_store.hpp"
#include "sim/target.hpp"

namespace escrowstorm::sim {

class Suspension {
 public:
  Suspension(Clock& clock, Transport& transport, coordinator::EscrowStore& store);
  ~Suspension();
  Suspension(const Suspension&) = delete;
  Suspension& operator=(const Suspension&) = delete;

  // What the coordinator gets for those of the world.
  Clock& clock();
  Transport& transport();
  coordinator::EscrowStore& store();
  // What its clients ask, for `target`, which outlives it. Called once.
  Target& in_front_of(Target& target);

  // REQUIRES: it is not suspended.
  void suspend();
  // Nothing when it is not suspended.
  void resume();
  // It died: nothing of it waits any more, and the next one is not suspended.
  void crash();

 private:
  class Seams;
  class Front;

  Awaitable<void> pass();         // of the coordinator's own
  Awaitable<void> pass_client();  // who is not gone when it dies

  std::unique_ptr<Seams> seams_;
  std::unique_ptr<Front> front_;
  std::unique_ptr<WaitList> waiting_;
  WaitList clients_;
  bool is_suspended_ = false;
};

}  // namespace escrowstorm::sim
