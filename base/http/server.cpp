#include "base/http/server.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/assert.hpp>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "base/http/session.hpp"

namespace escrowstorm::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// Until a descriptor may be free again, when accepting failed for want of one.
constexpr auto accept_pause = std::chrono::milliseconds(5);

using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;

// Accepts until the port is closed, and ends on nothing else: out of descriptors, a client gone
// before it was accepted and the like pass.
class Port : public std::enable_shared_from_this<Port> {
 public:
  Port(Acceptor acceptor, std::shared_ptr<SessionShare> share,
       std::shared_ptr<SessionPort> sessions)
      : acceptor_(std::move(acceptor)), share_(std::move(share)), sessions_(std::move(sessions)) {}

  void accept() {
    acceptor_.async_accept(
        [self = shared_from_this()](boost::system::error_code failed, SessionSocket socket) {
          if (!self->acceptor_.is_open()) return;
          if (failed) return self->pause();
          start_session(self->share_, self->sessions_, std::move(socket));
          self->accept();
        });
  }

  void close() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
  }

 private:
  void pause() {
    auto timer = std::make_unique<asio::steady_timer>(acceptor_.get_executor(), accept_pause);
    asio::steady_timer& waiting = *timer;
    waiting.async_wait(
        [self = shared_from_this(), owned = std::move(timer)](boost::system::error_code) {
          if (self->acceptor_.is_open()) self->accept();
        });
  }

  Acceptor acceptor_;
  std::shared_ptr<SessionShare> share_;
  std::shared_ptr<SessionPort> sessions_;
};

void check(const boost::system::error_code& failed, const Endpoint& where) {
  if (failed)
    throw std::system_error(static_cast<std::error_code>(failed),
                            "cannot listen on " + where.to_string());
}

Acceptor bound_acceptor(const asio::io_context::executor_type& executor, const Endpoint& where) {
  boost::system::error_code failed;
  const auto address = asio::ip::make_address(where.host, failed);
  check(failed, where);
  const tcp::endpoint endpoint(address, where.port);
  Acceptor acceptor(executor);
  acceptor.open(endpoint.protocol(), failed);
  check(failed, where);
  acceptor.set_option(Acceptor::reuse_address(true), failed);
  check(failed, where);
  acceptor.bind(endpoint, failed);
  check(failed, where);
  return acceptor;
}

void listen_on(Acceptor& acceptor, const Endpoint& where) {
  boost::system::error_code failed;
  acceptor.listen(Acceptor::max_listen_connections, failed);
  check(failed, where);
}

// Sockets live on an io_context; the type that hides it costs time for each of their operations.
asio::io_context::executor_type context_of(const Executor& executor) {
  const auto* known = executor.target<asio::io_context::executor_type>();
  BOOST_ASSERT_MSG(known, "a Server needs an io_context");
  return *known;
}

}  // namespace

struct Server::State {
  State(const Executor& e, ServerLimits limits, ServerManners manners)
      : executor(context_of(e)), share(std::make_shared<SessionShare>(executor)) {
    share->limits = limits;
    share->manners = std::move(manners);
  }

  asio::io_context::executor_type executor;
  // One port, open or shut.
  struct Place {
    Endpoint where;
    std::shared_ptr<SessionPort> sessions;
    std::shared_ptr<Port> port;    // none while it is shut
    std::optional<Acceptor> held;  // does not listen, keeps the number while it is shut
  };

  Place& place_of(const Endpoint& where) {
    const auto found = std::find_if(places.begin(), places.end(), [&](const Place& place) {
      return place.where.port == where.port && place.where.host == where.host;
    });
    BOOST_ASSERT(found != places.end());
    return *found;
  }

  void close(Place& place) {
    if (!place.port) return;
    place.port->close();
    place.port.reset();
    try {
      place.held = bound_acceptor(executor, place.where);
    } catch (const std::system_error&) {
      place.held.reset();  // taken in this moment: reopening tries again, and says so
    }
  }

  void open(Place& place, Acceptor acceptor) {
    listen_on(acceptor, place.where);
    place.port = std::make_shared<Port>(std::move(acceptor), share, place.sessions);
    place.port->accept();
  }

  std::shared_ptr<SessionShare> share;
  std::vector<Place> places;
};

Server::Server(Executor executor, ServerLimits limits, ServerManners manners)
    : state_(std::make_unique<State>(executor, limits, std::move(manners))) {}

Server::~Server() {
  for (const auto& place : state_->places)
    if (place.port) place.port->close();
  close_sessions(*state_->share);
}

Endpoint Server::listen(const Endpoint& where, Handler handler, HeaderLines lines) {
  Acceptor acceptor = bound_acceptor(state_->executor, where);
  State::Place place{Endpoint{where.host, acceptor.local_endpoint().port()},
                     std::make_shared<SessionPort>(std::move(handler), lines),
                     nullptr,
                     {}};
  state_->open(place, std::move(acceptor));
  state_->places.push_back(std::move(place));
  return state_->places.back().where;
}

void Server::shut(const Endpoint& where) {
  State::Place& place = state_->place_of(where);
  state_->close(place);
  close_sessions(*state_->share, *place.sessions);
}

void Server::stop_listening(const Endpoint& where) {
  State::Place& place = state_->place_of(where);
  state_->close(place);
  end_sessions(*state_->share, *place.sessions);
}

void Server::reopen(const Endpoint& where) {
  State::Place& place = state_->place_of(where);
  if (place.port) return;
  std::optional<Acceptor> held = std::exchange(place.held, std::nullopt);
  if (!held) held = bound_acceptor(state_->executor, place.where);
  state_->open(place, std::move(*held));
}

std::size_t Server::connections() const { return state_->share->sessions.size(); }

}  // namespace escrowstorm::http
