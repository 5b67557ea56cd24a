#include "tests/base/http/raw_tcp.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <stdexcept>

namespace escrowstorm::test {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

tcp::endpoint address_of(const http::Endpoint& endpoint) {
  return tcp::endpoint(asio::ip::make_address(endpoint.host), endpoint.port);
}

http::Endpoint loopback(std::uint16_t port) { return http::Endpoint{"127.0.0.1", port}; }

Awaitable<tcp::socket> connect_and_send(Executor executor, http::Endpoint server,
                                        std::string bytes) {
  tcp::socket socket(executor);
  co_await socket.async_connect(address_of(server), asio::use_awaitable);
  co_await asio::async_write(socket, asio::buffer(bytes), asio::use_awaitable);
  co_return socket;
}

}  // namespace

Awaitable<std::string> raw_exchange(Executor executor, http::Endpoint server, std::string bytes) {
  tcp::socket socket = co_await connect_and_send(executor, std::move(server), std::move(bytes));
  std::string answer;
  boost::system::error_code closed;
  co_await asio::async_read(socket, asio::dynamic_buffer(answer),
                            asio::redirect_error(asio::use_awaitable, closed));
  co_return answer;
}

Awaitable<bool> raw_send(Executor executor, http::Endpoint server, std::string bytes) {
  co_await connect_and_send(executor, std::move(server), std::move(bytes));
  co_return true;
}

struct RawServer::State {
  State(Executor executor, std::vector<Reply> r)
      : acceptor(executor, address_of(loopback(0))), replies(std::move(r)) {}

  tcp::acceptor acceptor;
  std::vector<Reply> replies;
  std::vector<tcp::socket> held;
  std::size_t accepted = 0;
};

namespace {

Awaitable<void> reply_to(tcp::socket socket, Reply reply, std::vector<tcp::socket>& held) {
  std::array<char, 4096> request;
  boost::system::error_code ignored;
  co_await socket.async_read_some(asio::buffer(request),
                                  asio::redirect_error(asio::use_awaitable, ignored));
  co_await asio::async_write(socket, asio::buffer(reply.bytes),
                             asio::redirect_error(asio::use_awaitable, ignored));
  if (reply.then == Reply::Then::hold) held.push_back(std::move(socket));
  if (reply.then == Reply::Then::reset) socket.set_option(asio::socket_base::linger(true, 0));
}

Awaitable<void> serve(std::shared_ptr<RawServer::State> state) {
  while (state->accepted < state->replies.size()) {
    boost::system::error_code failed;
    tcp::socket socket =
        co_await state->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, failed));
    if (failed) co_return;
    Reply reply = state->replies[state->accepted];
    ++state->accepted;
    co_await reply_to(std::move(socket), std::move(reply), state->held);
  }
}

}  // namespace

RawServer::RawServer(Executor executor, std::vector<Reply> replies)
    : state_(std::make_shared<State>(executor, std::move(replies))) {
  asio::co_spawn(executor, serve(state_), asio::detached);
}

RawServer::~RawServer() {
  state_->acceptor.close();
  state_->held.clear();
}

http::Endpoint RawServer::endpoint() const {
  return loopback(state_->acceptor.local_endpoint().port());
}

std::size_t RawServer::accepted() const { return state_->accepted; }

namespace {

sockaddr_in bound_to(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return address;
}

int bind_to_loopback() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  return socket;
}

}  // namespace

KernelClient::KernelClient(const http::Endpoint& server)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server.port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

KernelClient::~KernelClient() { ::close(socket_); }

void KernelClient::send(std::string_view bytes) {
  if (::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(bytes.size()))
    throw std::runtime_error("could not send");
}

std::string KernelClient::received() {
  char bytes[4096];
  const ssize_t count = ::recv(socket_, bytes, sizeof bytes, MSG_DONTWAIT);
  return std::string(bytes, count > 0 ? static_cast<std::size_t>(count) : 0);
}

// Never accepts, and its queue is full: Linux drops who knocks then.
FullServer::FullServer() {
  const int listening = bind_to_loopback();
  sockets_.push_back(listening);
  ::listen(listening, 0);
  const sockaddr_in address = bound_to(listening);
  for (int i = 0; i < 3; ++i) {
    sockets_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    ::connect(sockets_.back(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
}

FullServer::~FullServer() {
  for (const int socket : sockets_) ::close(socket);
}

http::Endpoint FullServer::endpoint() const {
  return loopback(ntohs(bound_to(sockets_.front()).sin_port));
}

http::Endpoint closed_endpoint() {
  const int socket = bind_to_loopback();
  const http::Endpoint endpoint = loopback(ntohs(bound_to(socket).sin_port));
  ::close(socket);
  return endpoint;
}

}  // namespace escrowstorm::test
