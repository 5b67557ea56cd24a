#include "sim/process/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string_view>
#include <system_error>

#include "coordinator/secrets/database_key.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(int error, const std::string& what) {
  throw std::system_error(error, std::generic_category(), what);
}

// What the new process needs, made before the fork: after it nothing may allocate.
struct Launch {
  std::vector<char*> argv;
  std::vector<char*> environment;
  int null_fd = -1;
  int log_fd = -1;
  int error_fd = -1;  // gets errno when the program can't be run; closed by a successful exec
  pid_t parent = -1;
};

// Ours, without what is no business of theirs.
std::vector<char*> environment_for_children() {
  const std::string secret = std::string(coordinator::DatabaseKey::variable) + "=";
  std::vector<char*> variables;
  for (char** variable = environ; *variable != nullptr; ++variable)
    if (!std::string_view(*variable).starts_with(secret)) variables.push_back(*variable);
  variables.push_back(nullptr);
  return variables;
}

[[noreturn]] void give_up(const Launch& launch) {
  const int error = errno;
  [[maybe_unused]] const auto told = ::write(launch.error_fd, &error, sizeof error);
  ::_exit(127);
}

// Runs in the new process: async-signal-safe calls only.
[[noreturn]] void become_program(const Launch& launch) {
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) give_up(launch);
  if (::getppid() != launch.parent) ::_exit(127);  // the parent died before the line above
  if (::setpgid(0, 0) != 0) give_up(launch);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  if (::dup2(launch.null_fd, STDIN_FILENO) < 0 || ::dup2(launch.log_fd, STDOUT_FILENO) < 0 ||
      ::dup2(launch.log_fd, STDERR_FILENO) < 0) {
    give_up(launch);
  }
  // Ours are all close-on-exec; those that we inherited may not be.
  ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
  ::execve(launch.argv[0], launch.argv.data(), launch.environment.data());
  give_up(launch);
}

// Without descriptors 0, 1 and 2, which dup2 in the new process would close again.
UniqueFd above_standard(int fd) {
  if (fd < 0 || fd > STDERR_FILENO) return UniqueFd(fd);
  const UniqueFd low(fd);
  return UniqueFd(::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

UniqueFd open_or_fail(const fs::path& path, int flags) {
  UniqueFd fd = above_standard(::open(path.c_str(), flags | O_CLOEXEC, 0600));
  if (!fd) fail(errno, "open " + path.string());
  return fd;
}

// The errno of a failed exec; 0 when the program runs.
int read_exec_error(const UniqueFd& pipe) {
  int error = 0;
  ssize_t got = 0;
  do {
    got = ::read(pipe.get(), &error, sizeof error);
  } while (got < 0 && errno == EINTR);
  return got == sizeof error ? error : 0;
}

// Close-on-exec. Not by <sys/pidfd.h>, whose declarations glibc 2.36 has not made extern "C".
UniqueFd open_pidfd(pid_t pid) {
  return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

std::string without_colours(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {  // ESC [ digits and semicolons, then one letter
      i = text.find_first_of("ABCDEFGHJKSTfmn", i);
      if (i == std::string::npos) break;
    } else if (text[i] == '\t') {
      plain += ' ';
    } else if (static_cast<unsigned char>(text[i]) >= ' ') {
      plain += text[i];
    }
  }
  return plain;
}

}  // namespace

ChildProcess::ChildProcess(const ChildCommand& command) : log_(command.log) {
  const std::string program = command.program.string();
  Launch launch;
  launch.argv.push_back(const_cast<char*>(program.c_str()));
  for (const auto& a : command.arguments) launch.argv.push_back(const_cast<char*>(a.c_str()));
  launch.argv.push_back(nullptr);
  launch.environment = environment_for_children();

  const UniqueFd null = open_or_fail("/dev/null", O_RDONLY);
  const UniqueFd log = open_or_fail(command.log, O_WRONLY | O_CREAT | O_APPEND);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) fail(errno, "pipe");
  const UniqueFd read_end = above_standard(ends[0]);
  UniqueFd write_end = above_standard(ends[1]);
  launch.null_fd = null.get();
  launch.log_fd = log.get();
  launch.error_fd = write_end.get();
  launch.parent = ::getpid();

  pid_ = ::fork();
  if (pid_ == 0) become_program(launch);
  if (pid_ < 0) fail(errno, "start " + program);
  write_end = UniqueFd();
  const int error = read_exec_error(read_end);
  if (error == 0) pidfd_ = open_pidfd(pid_);
  if (error == 0 && pidfd_) return;
  const int reason = error != 0 ? error : errno;
  ::kill(pid_, SIGKILL);
  reap();
  fail(reason, "start " + program);
}

ChildProcess::~ChildProcess() { terminate(std::chrono::milliseconds(0)); }

std::optional<std::string> ChildProcess::exited() {
  int status = 0;
  if (!wait_status_ && ::waitpid(pid_, &status, WNOHANG) == pid_) wait_status_ = status;
  if (!wait_status_) return std::nullopt;
  return WIFSIGNALED(*wait_status_) ? "signal " + std::to_string(WTERMSIG(*wait_status_))
                                    : "exit status " + std::to_string(WEXITSTATUS(*wait_status_));
}

void ChildProcess::ask_to_end() {
  if (!exited()) ::kill(pid_, SIGTERM);  // not reaped, so the pid is still its own
}

void ChildProcess::terminate(std::chrono::milliseconds grace) {
  if (exited()) return;
  if (grace.count() > 0) {
    ::kill(pid_, SIGTERM);
    pollfd ended{pidfd_.get(), POLLIN, 0};
    while (::poll(&ended, 1, static_cast<int>(grace.count())) < 0 && errno == EINTR) {
    }
  }
  ::kill(pid_, SIGKILL);
  reap();
}

void ChildProcess::reap() {
  int status = 0;
  pid_t reaped = 0;
  do {
    reaped = ::waitpid(pid_, &status, 0);
  } while (reaped < 0 && errno == EINTR);
  assert(reaped == pid_ && "somebody else reaped the child");
  wait_status_ = status;
}

std::string ChildProcess::last_lines(std::size_t count) const {
  constexpr std::streamoff tail_bytes = 8192;
  std::ifstream in(log_, std::ios::binary);
  in.seekg(0, std::ios::end);
  in.seekg(std::max<std::streamoff>(0, std::streamoff(in.tellg()) - tail_bytes));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    line = without_colours(line);
    if (line.find_first_not_of(' ') != std::string::npos) lines.push_back(std::move(line));
  }
  std::string joined;
  for (std::size_t i = lines.size() > count ? lines.size() - count : 0; i < lines.size(); ++i) {
    joined += (joined.empty() ? "" : " | ") + lines[i];
  }
  return joined;
}

std::optional<fs::path> find_program(const std::string& name,
                                     const std::optional<fs::path>& directory) {
  const auto runnable = [](const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
  };
  if (directory) {
    const fs::path path = *directory / name;
    return runnable(path) ? std::optional(path) : std::nullopt;
  }
  const char* searched = std::getenv("PATH");
  std::string_view rest = searched ? searched : "/usr/local/bin:/usr/bin:/bin";
  for (;;) {
    const std::size_t colon = rest.find(':');
    const fs::path path = fs::path(rest.substr(0, colon)) / name;
    if (runnable(path)) return path;
    if (colon == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(colon + 1);
  }
}

}  // namespace escrowstorm::sim
