#include "tests/e2e/program.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <fstream>
#include <iterator>
#include <system_error>
#include <thread>

#include "tests/support/eventually.hpp"

namespace escrowstorm::e2e {
namespace {

namespace fs = std::filesystem;

// Of all programs of this process: two in one folder must not share their files.
int next_number() {
  static int number = 0;
  return ++number;
}

std::vector<std::string> environment_with(const std::map<std::string, std::string>& more) {
  std::vector<std::string> all;
  for (char** each = environ; *each; ++each) {
    const std::string entry(*each);
    if (!more.contains(entry.substr(0, entry.find('=')))) all.push_back(entry);
  }
  for (const auto& [name, value] : more) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

pid_t spawn(const Program::Start& start, const fs::path& out, const fs::path& err) {
  std::vector<std::string> arguments = start.arguments;
  arguments.insert(arguments.begin(), start.program.string());
  std::vector<std::string> environment = environment_with(start.environment);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  constexpr int write_new = O_WRONLY | O_CREAT | O_TRUNC;
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), write_new, 0600);
  ::posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), write_new, 0600);
  ::posix_spawn_file_actions_addchdir_np(&actions, start.folder.c_str());
  pid_t pid = -1;
  const int failed = ::posix_spawn(&pid, start.program.c_str(), &actions, nullptr,
                                   pointers_to(arguments).data(), pointers_to(environment).data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed) throw std::system_error(failed, std::generic_category(), start.program.string());
  return pid;
}

}  // namespace

Program::Program(const Start& start) {
  const std::string number = std::to_string(next_number());
  out_file_ = start.folder / ("stdout-" + number);
  err_file_ = start.folder / ("stderr-" + number);
  pid_ = spawn(start, out_file_, err_file_);
}

Program::~Program() {
  if (status_) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void Program::signal(int number) const { ::kill(pid_, number); }

int Program::wait() {
  for (int attempt = 0; attempt < 450'000; ++attempt) {
    if (ended()) return *status_;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  int status = 0;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, &status, 0);
  status_ = 128 + SIGKILL;
  return *status_;
}

bool Program::ended() {
  int status = 0;
  if (!status_ && ::waitpid(pid_, &status, WNOHANG) == pid_)
    status_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return status_.has_value();
}

bool Program::says(const std::string& text) const {
  return test::eventually([&] {
    return out().find(text) != std::string::npos || err().find(text) != std::string::npos;
  });
}

std::string Program::out() const { return content_of(out_file_); }
std::string Program::err() const { return content_of(err_file_); }

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace escrowstorm::e2e
