// The client of bench/wire.py: so many POSTs to /json_rpc over so many kept connections, each with
// one request under way, and how long the answers took.
//
//   wire_load HOST FIRST_PORT PORTS CONNECTIONS REQUESTS BODY
//
// Prints one line: requests, p50 and p99 in nanoseconds. Exit status 1 when an answer is not 200.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
  int socket = -1;
  std::string received;
  Clock::time_point sent;
};

[[noreturn]] void fail(const std::string& why) {
  std::cerr << "wire_load: " << why << "\n";
  std::exit(1);
}

int connect_to(const char* host, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  if (inet_pton(AF_INET, host, &address.sin_addr) != 1) fail("no IPv4 address");
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    fail("cannot connect to port " + std::to_string(port));
  return socket;
}

void send_request(Connection& connection, std::string_view request) {
  connection.sent = Clock::now();
  const auto size = static_cast<ssize_t>(request.size());
  if (::send(connection.socket, request.data(), request.size(), MSG_NOSIGNAL) != size)
    fail("cannot send");
}

// True when the answer is complete.
bool receive(Connection& connection) {
  char bytes[16 * 1024];
  const ssize_t count = ::recv(connection.socket, bytes, sizeof bytes, 0);
  if (count <= 0) fail("the connection broke");
  connection.received.append(bytes, static_cast<std::size_t>(count));
  const std::string_view text = connection.received;
  const auto head = text.find("\r\n\r\n");
  if (head == text.npos) return false;
  constexpr std::string_view name = "Content-Length: ";
  const auto at = text.find(name);
  std::size_t length = 0;
  std::from_chars(text.data() + at + name.size(), text.data() + head, length);
  if (text.size() < head + 4 + length) return false;
  if (!text.starts_with("HTTP/1.1 200")) fail("an answer that is not 200");
  connection.received.clear();
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) fail("HOST FIRST_PORT PORTS CONNECTIONS REQUESTS BODY");
  const int first_port = std::atoi(argv[2]);
  const int ports = std::atoi(argv[3]);
  const std::size_t requests = std::strtoull(argv[5], nullptr, 10);
  const std::string body = argv[6];
  const std::string request =
      "POST /json_rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body;

  std::vector<Connection> connections(std::strtoull(argv[4], nullptr, 10));
  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  for (std::size_t i = 0; i < connections.size(); ++i) {
    connections[i].socket = connect_to(argv[1], first_port + static_cast<int>(i) % ports);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    epoll_ctl(epoll, EPOLL_CTL_ADD, connections[i].socket, &event);
  }

  std::vector<std::int64_t> latencies;
  latencies.reserve(requests);
  std::size_t sent = std::min(requests, connections.size());
  for (std::size_t i = 0; i < sent; ++i) send_request(connections[i], request);
  std::vector<epoll_event> events(connections.size());
  while (latencies.size() < requests) {
    const int ready = epoll_wait(epoll, events.data(), static_cast<int>(events.size()), 10'000);
    if (ready <= 0) fail("no answer within ten seconds");
    for (int i = 0; i < ready; ++i) {
      Connection& connection = connections[events[static_cast<std::size_t>(i)].data.u64];
      if (!receive(connection)) continue;
      latencies.push_back((Clock::now() - connection.sent).count());
      if (sent++ < requests) send_request(connection, request);
    }
  }
  std::sort(latencies.begin(), latencies.end());
  std::cout << latencies.size() << " " << latencies[latencies.size() / 2] << " "
            << latencies[latencies.size() * 99 / 100] << "\n";
  return 0;
}
