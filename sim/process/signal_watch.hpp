// Whether a signal has asked for an end: SIGINT, SIGTERM, and SIGHUP unless the process was told to
// ignore it. For loops that compute and look up now and then. After the first signal the default is
// back, so that a second one kills.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

namespace escrowstorm::sim {

class SignalWatch {
 public:
  SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  // Costs a system call.
  bool asked_to_end();

 private:
  boost::asio::io_context loop_;
  boost::asio::signal_set signals_;
  bool asked_ = false;
};

}  // namespace escrowstorm::sim
