#include "tests/fidelity/wallet_programs.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>

namespace escrowstorm::fidelity {
namespace {

constexpr int patience_ms = 60'000;
constexpr int pause_ms = 5;

// Runs in the new process. A file that may not grow is an error there, not the end.
[[noreturn]] void become(const char* program, char* const* arguments, const char* folder) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::signal(SIGXFSZ, SIG_IGN);
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int end : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nothing, end);
  if (::chdir(folder) == 0) ::execv(program, arguments);
  ::_exit(127);
}

bool answers(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(port);
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool connected =
      ::connect(socket, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0;
  ::close(socket);
  return connected;
}

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

WalletPrograms::WalletPrograms(std::filesystem::path program, std::vector<std::string> arguments)
    : program_(std::move(program)),
      arguments_(std::move(arguments)),
      random_(Random(static_cast<std::uint64_t>(::getpid())).stream("ports")),
      ports_(count, random_) {
  std::filesystem::create_directory(folder());
  for (std::size_t i = 0; i < count; ++i) start(i);
}

WalletPrograms::~WalletPrograms() {
  for (std::size_t i = 0; i < count; ++i)
    if (pids_[i] != 0) end(i, SIGKILL);
}

void WalletPrograms::signal(std::size_t i, int number) const { ::kill(pids_[i], number); }

int WalletPrograms::end(std::size_t i, int number) {
  signal(i, number);
  return wait_for(std::exchange(pids_[i], 0));
}

void WalletPrograms::start(std::size_t i) {
  std::vector<std::string> words{program_.string()};
  words.insert(words.end(), arguments_.begin(), arguments_.end());
  words.insert(words.end(),
               {"--rpc-bind-port", std::to_string(port(i)), "--wallet-dir", folder().string()});
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (pid == 0) become(program_.c_str(), pointers.data(), scratch().c_str());
  pids_[i] = pid;
  for (int waited = 0; !answers(port(i)); waited += pause_ms) {
    if (waited > patience_ms || ::waitpid(pid, nullptr, WNOHANG) == pid)
      throw std::runtime_error(program_.string() + " did not start");
    ::poll(nullptr, 0, pause_ms);
  }
}

void WalletPrograms::limit_file_size(std::size_t i, std::uint64_t bytes) const {
  const rlimit limit{bytes, RLIM_INFINITY};
  if (::prlimit(pids_[i], RLIMIT_FSIZE, &limit, nullptr) != 0)
    throw std::system_error(errno, std::generic_category(), "prlimit");
}

}  // namespace escrowstorm::fidelity
