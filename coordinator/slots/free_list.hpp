// Free instances in the order in which they became free. Constant time for each operation, also for
// taking one out of the middle.
#pragma once

#include <cassert>
#include <cstddef>
#include <vector>

#include "base/transport.hpp"

namespace escrowstorm::coordinator {

class FreeList {
 public:
  // Empty; for instances below that number.
  explicit FreeList(InstanceId instances) : ring_(std::size_t{instances} + 1), end_(instances) {
    ring_[end_] = {end_, end_};
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // REQUIRES: it is not in the list.
  void push_back(InstanceId instance) {
    const InstanceId last = ring_[end_].before;
    ring_[instance] = {last, end_};
    ring_[last].after = ring_[end_].before = instance;
    ++size_;
  }

  // REQUIRES: not empty. The one that has been free longest.
  InstanceId pop_front() {
    const InstanceId first = ring_[end_].after;
    remove(first);
    return first;
  }

  // REQUIRES: it is in the list.
  void remove(InstanceId instance) {
    assert(size_ > 0 && instance != end_);
    const Link link = ring_[instance];
    ring_[link.before].after = link.after;
    ring_[link.after].before = link.before;
    --size_;
  }

 private:
  struct Link {
    InstanceId before = 0;
    InstanceId after = 0;
  };

  std::vector<Link> ring_;  // by instance, and one more that is before the first and after the last
  InstanceId end_;
  std::size_t size_ = 0;
};

}  // namespace escrowstorm::coordinator
