// escrowstorm: the command line of the simulator.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <exception>
#include <iostream>
#include <system_error>
#include <variant>

#include "sim/cli/ablate.hpp"
#include "sim/cli/calibrate.hpp"
#include "sim/cli/capacity.hpp"
#include "sim/cli/command_line.hpp"
#include "sim/cli/compare.hpp"
#include "sim/cli/conformance.hpp"
#include "sim/cli/doctor.hpp"
#include "sim/cli/explore.hpp"
#include "sim/cli/faults.hpp"
#include "sim/cli/replay.hpp"
#include "sim/cli/run.hpp"
#include "sim/cli/scenarios.hpp"
#include "sim/cli/schema.hpp"

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

// What was printed and never arrived is a failure of ours, unless the reader went away.
int ended_with(ExitStatus status) {
  if (std::cout.flush()) return static_cast<int>(status);
  // The stream does not tell why. Another write may, or the reason is over, but not the loss.
  const int why = ::write(STDOUT_FILENO, "\n", 1) < 0 ? errno : EIO;
  if (why == EPIPE) return static_cast<int>(status);
  std::cerr << "escrowstorm: standard output: " << std::generic_category().message(why)
            << ": what was to be read there is lost\n";
  return static_cast<int>(ExitStatus::own_failure);
}

int carry_out(const Answered& answered) {
  (answered.is_error ? std::cerr : std::cout) << answered.text << std::flush;
  return ended_with(answered.is_error ? ExitStatus::bad_usage : ExitStatus::pass);
}

int carry_out(const RunCommand& command) { return ended_with(run(command, std::cout, std::cerr)); }
int carry_out(const ExploreCommand& command) {
  return ended_with(run_explore(command, std::cout, std::cerr));
}
int carry_out(const ReplayCommand& command) {
  return ended_with(run_replay(command, std::cout, std::cerr));
}
int carry_out(const AblateCommand& command) {
  return ended_with(run_ablate(command, std::cout, std::cerr));
}
int carry_out(const CapacityCommand& command) {
  return ended_with(run_capacity(command, std::cout, std::cerr));
}
int carry_out(const CompareCommand& command) {
  return ended_with(run_compare(command, std::cout, std::cerr));
}
int carry_out(const CalibrateCommand& command) {
  return ended_with(run_calibrate(command, std::cout, std::cerr));
}
int carry_out(const ConformanceCommand& command) {
  return ended_with(run_conformance(command, std::cout, std::cerr));
}
int carry_out(const ScenariosCommand& command) {
  return ended_with(run_scenarios(command, std::cout, std::cerr));
}
int carry_out(const DoctorCommand& command) {
  return ended_with(run_doctor(command, std::cout, std::cerr));
}
int carry_out(const FaultsCommand&) {
  run_faults(std::cout);
  return ended_with(ExitStatus::pass);
}
int carry_out(const SchemaCommand&) {
  run_schema(std::cout);
  return ended_with(ExitStatus::pass);
}

}  // namespace

int main(int argc, char** argv) {
  fill_standard_descriptors();
  // A reader that hangs up and a file size limit are errors of the write, not the end of us.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return std::visit([](const auto& command) { return carry_out(command); },
                      read_command_line(std::vector<std::string>(argv + 1, argv + argc)));
  } catch (const std::exception& failure) {
    std::cerr << "escrowstorm: " << failure.what() << '\n';
    return static_cast<int>(ExitStatus::own_failure);
  }
}
