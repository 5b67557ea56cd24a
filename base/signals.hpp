// What a process was told about signals by whoever started it.
#pragma once

#include <csignal>

namespace escrowstorm {

// Whether it is to live through this signal: nohup and SIGHUP.
inline bool ignores(int signal) {
  struct sigaction now {};
  return ::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

}  // namespace escrowstorm
