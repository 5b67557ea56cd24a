// The event loop of the real worlds. One thread runs it; everything of the world lives on it.
#pragma once

#include <boost/asio/io_context.hpp>

namespace escrowstorm {

class RealLoop : public boost::asio::io_context {
 public:
  RealLoop() : io_context(1) {}

  // Drops every coroutine that is suspended in a timer, socket or post, as a crash would: their
  // locals are destroyed, nothing of theirs runs again. To be called before what those coroutines
  // refer to is destroyed. The loop can't be run afterwards.
  void abandon() {
    stop();
    shutdown();
  }
};

}  // namespace escrowstorm
