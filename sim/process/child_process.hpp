// A program started by us that never outlives us: it is ended and reaped with the object, and the
// kernel kills it when we die, however we die. It has a process group of its own, so that ctrl-C in
// the terminal reaches us alone and we end it in order; stdin is /dev/null, stdout and stderr go to
// a file, no other descriptor of ours is open in it. Its environment is ours without the key of the
// database.
//
// The kernel's kill comes when the THREAD that made the object ends: make it on the main thread.
// Neither copied nor moved. Throws std::system_error naming the program when it can't be started.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/process/unique_fd.hpp"

namespace escrowstorm::sim {

struct ChildCommand {
  std::filesystem::path program;       // a path, not searched for; see find_program
  std::vector<std::string> arguments;  // without the program's name; no shell sees them
  std::filesystem::path log;           // created, or written on at its end
};

class ChildProcess {
 public:
  explicit ChildProcess(const ChildCommand& command);
  ~ChildProcess();  // SIGKILL where it still runs
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const { return pid_; }

  // How it ended, in words ("exit status 1", "signal 9"); nothing while it runs.
  std::optional<std::string> exited();

  // SIGTERM, without waiting.
  void ask_to_end();

  // SIGTERM, then SIGKILL when it still runs after `grace`. Returns when it is reaped.
  void terminate(std::chrono::milliseconds grace);

  // The last lines it wrote, without colours, joined by " | "; empty when there are none.
  std::string last_lines(std::size_t count) const;

 private:
  void reap();

  std::filesystem::path log_;
  pid_t pid_ = -1;
  UniqueFd pidfd_;
  std::optional<int> wait_status_;
};

// The program's path in `directory`, or in PATH; nothing when there is no such executable.
std::optional<std::filesystem::path> find_program(
    const std::string& name, const std::optional<std::filesystem::path>& directory);

}  // namespace escrowstorm::sim
