// escrowstorm: the command line of the simulator.
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <exception>
#include <iostream>

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
      return static_cast<int>(run_conformance(*conformance, std::cout, std::cerr));
    return static_cast<int>(run(std::get<RunCommand>(command), std::cout, std::cerr));
  } catch (const std::exception& failure) {
    std::cerr << "escrowstorm: " << failure.what() << '\n';
    return static_cast<int>(ExitStatus::own_failure);
  }
}
