#include "base/http/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <system_error>
#include <vector>

#include "base/http/session.hpp"

namespace escrowstorm::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// Until a descriptor may be free again, when accepting failed for want of one.
constexpr auto accept_pause = std::chrono::milliseconds(5);

struct Port {
  Port(tcp::acceptor a, Handler h)
      : acceptor(std::move(a)), handler(std::make_shared<const Handler>(std::move(h))) {}

  tcp::acceptor acceptor;
  std::shared_ptr<const Handler> handler;
};

// A handler that throws is a bug: out of the loop's run() with it.
void rethrow(std::exception_ptr thrown) {
  if (thrown) std::rethrow_exception(thrown);
}

Awaitable<void> pause(Executor executor) {
  asio::steady_timer timer(executor, accept_pause);
  boost::system::error_code ignored;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

// Ends when the port is closed, and on nothing else: out of descriptors, a client gone before it
// was accepted and the like pass.
Awaitable<void> accept_on(std::shared_ptr<Port> port, std::shared_ptr<SessionShare> share) {
  const Executor executor = port->acceptor.get_executor();
  while (port->acceptor.is_open()) {
    boost::system::error_code failed;
    tcp::socket socket =
        co_await port->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, failed));
    if (!port->acceptor.is_open()) co_return;
    if (failed) {
      co_await pause(executor);
    } else {
      asio::co_spawn(executor, run_session(share, port->handler, std::move(socket)), rethrow);
    }
  }
}

tcp::acceptor bind(const Executor& executor, const Endpoint& where) {
  boost::system::error_code failed;
  const auto check = [&] {
    if (failed)
      throw std::system_error(static_cast<std::error_code>(failed),
                              "cannot listen on " + where.to_string());
  };
  const auto address = asio::ip::make_address(where.host, failed);
  check();
  const tcp::endpoint endpoint(address, where.port);
  tcp::acceptor acceptor(executor);
  acceptor.open(endpoint.protocol(), failed);
  check();
  acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
  check();
  acceptor.bind(endpoint, failed);
  check();
  acceptor.listen(tcp::acceptor::max_listen_connections, failed);
  check();
  return acceptor;
}

}  // namespace

struct Server::State {
  State(Executor e, ServerLimits limits)
      : executor(std::move(e)), share(std::make_shared<SessionShare>()) {
    share->limits = limits;
  }

  Executor executor;
  std::shared_ptr<SessionShare> share;
  std::vector<std::shared_ptr<Port>> ports;
};

Server::Server(Executor executor, ServerLimits limits)
    : state_(std::make_unique<State>(std::move(executor), limits)) {}

Server::~Server() {
  boost::system::error_code ignored;
  for (const auto& port : state_->ports) port->acceptor.close(ignored);
  close_sessions(*state_->share);
}

Endpoint Server::listen(const Endpoint& where, Handler handler) {
  auto port = std::make_shared<Port>(bind(state_->executor, where), std::move(handler));
  Endpoint bound{where.host, port->acceptor.local_endpoint().port()};
  state_->ports.push_back(port);
  asio::co_spawn(state_->executor, accept_on(std::move(port), state_->share), rethrow);
  return bound;
}

std::size_t Server::connections() const { return state_->share->sessions.size(); }

}  // namespace escrowstorm::http
