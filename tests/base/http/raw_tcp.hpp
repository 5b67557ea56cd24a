// The other end of a connection, byte by byte: clients and servers that misbehave.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/async.hpp"
#include "base/http/url.hpp"

namespace escrowstorm::test {

// Connects, sends `bytes` and reads until the server closes.
Awaitable<std::string> raw_exchange(Executor executor, http::Endpoint server, std::string bytes);

// Connects, sends `bytes` and hangs up without reading.
Awaitable<bool> raw_send(Executor executor, http::Endpoint server, std::string bytes);

// What a RawServer does with one connection, after it got something from it.
struct Reply {
  enum class Then { close, reset, hold };
  std::string bytes;
  Then then = Then::close;
};

// Gives connection i the i-th reply.
class RawServer {
 public:
  RawServer(Executor executor, std::vector<Reply> replies);
  ~RawServer();

  http::Endpoint endpoint() const;
  std::size_t accepted() const;

  struct State;

 private:
  std::shared_ptr<State> state_;
};

// A client that needs no loop: its connection is there as soon as the server listens.
class KernelClient {
 public:
  explicit KernelClient(const http::Endpoint& server);
  ~KernelClient();

  void send(std::string_view bytes);
  std::string received();  // what has come since the last time, without waiting

 private:
  int socket_;
};

// An address that lets nobody in: connecting to it hangs.
class FullServer {
 public:
  FullServer();
  ~FullServer();

  http::Endpoint endpoint() const;

 private:
  std::vector<int> sockets_;
};

// A port that nobody listens on.
http::Endpoint closed_endpoint();

}  // namespace escrowstorm::test
