#include "tests/mockrpc/binary_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <system_error>

extern char** environ;

namespace escrowstorm::test {
namespace {

constexpr int patience_ms = 60'000;

void check(int error, const char* what) {
  if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) check(errno, "pipe2");
  return ends;
}

// Appends what can be read within a minute; false at the end.
bool read_some(int descriptor, std::string& text) {
  pollfd readable{descriptor, POLLIN, 0};
  if (::poll(&readable, 1, patience_ms) <= 0) return false;
  char bytes[4096];
  const ssize_t count = ::read(descriptor, bytes, sizeof bytes);
  if (count <= 0) return false;
  text.append(bytes, static_cast<std::size_t>(count));
  return true;
}

}  // namespace

BinaryProcess::BinaryProcess(const std::string& program, std::vector<std::string> arguments) {
  const auto out = make_pipe();
  const auto err = make_pipe();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const int error = ::posix_spawn(&pid_, program.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(out[1]);
  ::close(err[1]);
  out_ = out[0];
  err_ = err[0];
  check(error, program.c_str());
}

BinaryProcess::~BinaryProcess() {
  if (pid_ > 0) {
    send(SIGKILL);
    wait();
  }
  ::close(out_);
  ::close(err_);
}

std::string BinaryProcess::read_line() {
  while (buffered_.find('\n') == buffered_.npos)
    if (!read_some(out_, buffered_)) return {};
  const std::size_t end = buffered_.find('\n');
  std::string line = buffered_.substr(0, end);
  buffered_.erase(0, end + 1);
  return line;
}

void BinaryProcess::send(int signal) { ::kill(pid_, signal); }

int BinaryProcess::wait() {
  if (pid_ > 0) {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  return status_;
}

std::string BinaryProcess::stdout_text() {
  while (read_some(out_, buffered_)) {
  }
  return buffered_;
}

std::string BinaryProcess::stderr_text() {
  std::string text;
  while (read_some(err_, text)) {
  }
  return text;
}

}  // namespace escrowstorm::test
