// Bytes of a client that then stops sending, on a socket: the connection ends, whatever they are.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "base/http/server.hpp"
#include "tests/fuzz/check.hpp"

namespace escrowstorm::fuzz {
namespace {

constexpr auto longest = std::chrono::seconds(20);

Awaitable<http::ServerResponse> echo(http::ServerRequest request) {
  http::ServerResponse response;
  response.body = std::move(request.body);
  co_return response;
}

class Wire {
 public:
  Wire() : server_(loop_.get_executor(), http::ServerLimits()) {
    port_ = server_.listen({"127.0.0.1", 0}, echo).port;
  }

  void send(const std::uint8_t* data, std::size_t size) {
    const int client = connected();
    std::size_t sent = 0;
    const auto began = std::chrono::steady_clock::now();
    bool open = true;
    while (open) {
      sent += send_some(client, data + sent, size - sent);
      if (sent == size) ::shutdown(client, SHUT_WR);
      loop_.poll();
      loop_.restart();
      char bytes[4096];
      const ssize_t got = ::recv(client, bytes, sizeof bytes, MSG_DONTWAIT);
      open = got > 0 || (got < 0 && errno == EAGAIN);
      check(std::chrono::steady_clock::now() - began < longest, "the connection ends");
    }
    ::close(client);
  }

 private:
  int connected() const {
    const int client = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port_);
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    check(::connect(client, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0,
          "the server can be reached");
    return client;
  }

  static std::size_t send_some(int client, const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ssize_t sent = ::send(client, data, size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return size;  // nobody reads any more
    return sent < 0 ? 0 : static_cast<std::size_t>(sent);
  }

  boost::asio::io_context loop_;
  http::Server server_;
  std::uint16_t port_ = 0;
};

}  // namespace
}  // namespace escrowstorm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static escrowstorm::fuzz::Wire wire;
  wire.send(data, size);
  return 0;
}
