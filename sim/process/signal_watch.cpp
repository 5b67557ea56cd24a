#include "sim/process/signal_watch.hpp"

#include <csignal>

#include "base/signals.hpp"

namespace escrowstorm::sim {

SignalWatch::SignalWatch() : signals_(loop_, SIGINT, SIGTERM) {
  if (!ignores(SIGHUP)) signals_.add(SIGHUP);
  signals_.async_wait([this](const boost::system::error_code& failed, int) {
    if (failed) return;
    asked_ = true;
    signals_.clear();
  });
}

bool SignalWatch::asked_to_end() {
  if (!asked_) loop_.poll();
  return asked_;
}

}  // namespace escrowstorm::sim
