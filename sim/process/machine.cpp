#include "sim/process/machine.hpp"

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <thread>

#include "sim/process/child_process.hpp"
#include "sim/process/loopback_ports.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/process/unique_fd.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

std::uint64_t descriptors() {
  rlimit limit{};
  return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_max : 0;
}

// MemAvailable of /proc/meminfo.
std::uint64_t memory() {
  std::ifstream in("/proc/meminfo");
  std::string key, unit;
  std::uint64_t kib = 0;
  while (in >> key >> kib) {
    if (key == "MemAvailable:") return kib * 1024;
    std::getline(in, unit);
  }
  return 0;
}

std::uint64_t ephemeral_ports() {
  std::ifstream in("/proc/sys/net/ipv4/ip_local_port_range");
  std::uint64_t first = 0, last = 0;
  return in >> first >> last && last >= first ? last - first + 1 : 0;
}

bool is_free(std::uint16_t port) {
  const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return socket &&
         ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

std::uint64_t free_ports() {
  std::uint64_t count = 0;
  for (unsigned port = LoopbackPorts::first; port <= LoopbackPorts::last; ++port)
    count += is_free(static_cast<std::uint16_t>(port)) ? 1 : 0;
  return count;
}

// What `program --version` prints first.
std::optional<std::string> version_of(const std::string& program,
                                      const std::optional<fs::path>& directory,
                                      const fs::path& scratch) {
  using namespace std::chrono_literals;
  const auto path = find_program(program, directory);
  if (!path) return std::nullopt;
  const fs::path log = scratch / (program + ".version");
  try {
    ChildProcess child(ChildCommand{*path, {"--version"}, log});
    constexpr int looks_max = 500;
    for (int i = 0; i < looks_max && !child.exited(); ++i) std::this_thread::sleep_for(10ms);
  } catch (const std::system_error&) {
    return std::nullopt;
  }
  std::string line;
  std::ifstream in(log);
  return std::getline(in, line) && !line.empty() ? std::optional(line) : std::nullopt;
}

}  // namespace

Machine look_at_machine(const std::optional<fs::path>& monero_bin) {
  Machine machine;
  machine.descriptors = descriptors();
  machine.memory_bytes = memory();
  machine.cores = std::thread::hardware_concurrency();
  machine.ephemeral_ports = ephemeral_ports();
  machine.free_ports = free_ports();
  const char* given = std::getenv("TMPDIR");
  machine.scratch = given && *given ? given : "/tmp";
  try {
    const ScratchDir scratch;
    machine.scratch = scratch.path().parent_path();
    machine.scratch_bytes = fs::space(scratch.path()).available;
    machine.monerod = version_of("monerod", monero_bin, scratch.path());
    machine.wallet_rpc = version_of("monero-wallet-rpc", monero_bin, scratch.path());
  } catch (const std::system_error&) {
    // Nothing can be written there: what was found out until then stands.
  }
  return machine;
}

}  // namespace escrowstorm::sim
