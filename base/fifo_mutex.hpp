// A lock for coroutines, granted in the order of the askers. Single-threaded. It belongs to an
// object that outlives the coroutines that use it, never to one of their frames (see WaitList).
#pragma once

#include <utility>

#include "base/wait_list.hpp"

namespace escrowstorm {

class FifoMutex {
 public:
  // Held as long as the object lives; movable, unlocks once. Unlocking does no I/O.
  class Guard {
   public:
    Guard() = default;
    explicit Guard(FifoMutex* mutex) : mutex_(mutex) {}
    Guard(Guard&& other) noexcept : mutex_(std::exchange(other.mutex_, nullptr)) {}
    Guard& operator=(Guard&& other) noexcept {
      std::swap(mutex_, other.mutex_);
      return *this;
    }
    ~Guard() {
      if (mutex_) mutex_->unlock();
    }

   private:
    FifoMutex* mutex_ = nullptr;
  };

  Awaitable<Guard> lock() {
    if (locked_) {
      co_await waiting_.wait();  // the unlocker hands the lock over: locked_ stays true
    } else {
      locked_ = true;
    }
    co_return Guard(this);
  }

  std::size_t waiting() const { return waiting_.size(); }

 private:
  void unlock() {
    if (!waiting_.wake_one()) locked_ = false;
  }

  bool locked_ = false;
  WaitList waiting_;
};

}  // namespace escrowstorm
