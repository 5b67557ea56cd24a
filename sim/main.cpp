// escrowstorm: the command line of the simulator.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <exception>
#include <iostream>
#include <system_error>

#include "sim/cli/command_line.hpp"
#include "sim/cli/conformance.hpp"
#include "sim/cli/run.hpp"

namespace {

using namespace escrowstorm::sim;

// Where our caller closed stdin, stdout or stderr, the next file opened would take its place and
// receive what is printed.
void fill_standard_descriptors() {
  while (true) {
    const int opened = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (opened > 2 || opened < 0) {
      ::close(opened);
      return;
    }
  }
}

int print(const Answered& answered) {
  (answered.is_error ? std::cerr : std::cout) << answered.text << std::flush;
  return static_cast<int>(answered.is_error ? ExitStatus::bad_usage : ExitStatus::pass);
}

// What was printed and never arrived is a failure of ours, unless the reader went away.
int ended_with(ExitStatus status) {
  std::cout.flush();
  if (std::cout || ::write(STDOUT_FILENO, "\n", 1) == 1 || errno == EPIPE)
    return static_cast<int>(status);
  std::cerr << "escrowstorm: standard output: " << std::generic_category().message(errno)
            << ": what was to be read there is lost\n";
  return static_cast<int>(status == ExitStatus::pass ? ExitStatus::own_failure : status);
}

}  // namespace

int main(int argc, char** argv) {
  fill_standard_descriptors();
  // A reader that hangs up and a file size limit are errors of the write, not the end of us.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    const auto command = read_command_line(std::vector<std::string>(argv + 1, argv + argc));
    if (const auto* answered = std::get_if<Answered>(&command)) return print(*answered);
    if (const auto* conformance = std::get_if<ConformanceCommand>(&command))
      return ended_with(run_conformance(*conformance, std::cout, std::cerr));
    return ended_with(run(std::get<RunCommand>(command), std::cout, std::cerr));
  } catch (const std::exception& failure) {
    std::cerr << "escrowstorm: " << failure.what() << '\n';
    return static_cast<int>(ExitStatus::own_failure);
  }
}
