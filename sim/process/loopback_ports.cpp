#include "sim/process/loopback_ports.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <system_error>

namespace escrowstorm::sim {
namespace {

// Whether nobody has the port; then it is kept by `socket`, open to reuse by those who allow it.
bool keep(const UniqueFd& socket, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return false;
  }
  const int yes = 1;  // after the bind: before it, a port of another keeper would look free
  return ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0;
}

}  // namespace

LoopbackPorts::Kept LoopbackPorts::keep_one(RandomStream& random) {
  constexpr std::uint16_t range = last - first + 1;
  for (int attempt = 0; attempt < range; ++attempt) {
    const auto port = static_cast<std::uint16_t>(first + random.below(range));
    UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket) throw std::system_error(errno, std::generic_category(), "socket");
    if (keep(socket, port)) return Kept{port, std::move(socket)};
  }
  throw std::system_error(EADDRINUSE, std::generic_category(), "no free port in 20000-31999");
}

LoopbackPorts::LoopbackPorts(std::size_t count, RandomStream& random) {
  kept_.reserve(count);
  while (kept_.size() < count) kept_.push_back(keep_one(random));
}

void LoopbackPorts::replace(std::size_t i, RandomStream& random) { kept_[i] = keep_one(random); }

}  // namespace escrowstorm::sim
