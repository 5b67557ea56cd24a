// How long an answer may get of which a request can ask for the same part again and again: three
// bytes of indices are two hundred of addresses, or a note of megabytes.
#pragma once

#include <cstddef>

namespace escrowstorm::mockrpc {

class AnswerRoom {
 public:
  static constexpr std::size_t bytes_max = 16 * 1024 * 1024;

  // Room for `bytes` more, about; false when there is none.
  bool take(std::size_t bytes) {
    if (bytes > left_) return false;
    left_ -= bytes;
    return true;
  }

 private:
  std::size_t left_ = bytes_max;
};

}  // namespace escrowstorm::mockrpc
