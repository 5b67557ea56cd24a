// How a coroutine ends that nobody waits for, as completion handler of co_spawn: what it throws is
// a bug or want of memory, and leaves the executor's loop, to whoever runs that.
#pragma once

#include <exception>

namespace escrowstorm {

inline void rethrow(std::exception_ptr thrown) {
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace escrowstorm
