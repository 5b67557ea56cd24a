// A queue between coroutines of one executor: any number put, one takes. It belongs to an object
// that outlives the coroutine that takes (see WaitList).
#pragma once

#include <deque>
#include <utility>

#include "base/wait_list.hpp"

namespace escrowstorm {

template <class T>
class Mailbox {
 public:
  void put(T value) {
    values_.push_back(std::move(value));
    taker_.wake_one();
  }

  Awaitable<T> take() {
    while (values_.empty()) co_await taker_.wait();
    T value = std::move(values_.front());
    values_.pop_front();
    co_return value;
  }

 private:
  std::deque<T> values_;
  WaitList taker_;
};

}  // namespace escrowstorm
