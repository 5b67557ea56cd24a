#include "sim/cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

namespace escrowstorm::sim {

bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

std::size_t terminal_width() {
  constexpr std::size_t usual = 80;
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual;
  return size.ws_col;
}

}  // namespace escrowstorm::sim
