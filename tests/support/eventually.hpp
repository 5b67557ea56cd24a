// For what happens in other processes: asks again every 2 ms, for a minute or so at most, since
// programs start slowly on a busy machine.
#pragma once

#include <chrono>
#include <thread>

namespace escrowstorm::test {

template <class Condition>
bool eventually(Condition condition) {
  for (int attempt = 0; attempt < 30'000; ++attempt) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return false;
}

}  // namespace escrowstorm::test
