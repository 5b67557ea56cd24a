#include "base/http/session.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/write.hpp>
#include <exception>
#include <variant>

#include "base/ascii.hpp"
#include "base/http/digest.hpp"
#include "base/http/origins.hpp"
#include "base/http/request_reader.hpp"
#include "base/http/tls.hpp"
#include "base/http/trickle.hpp"

namespace escrowstorm::http {

namespace asio = boost::asio;

namespace {

constexpr std::uint64_t quiet_steps_max = 8;

}  // namespace

// Owned by the operation it waits for: the next bytes, a slow client, or a handler.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(std::shared_ptr<SessionShare> share, std::shared_ptr<SessionPort> port,
          const asio::ip::address& address, SessionSocket socket)
      : share_(std::move(share)),
        port_(std::move(port)),
        place_(share_->sessions.insert(share_->sessions.end(), this)),
        address_(address),
        quiet_since_(share_->now),
        socket_(std::move(socket)),
        reader_(share_->limits.bytes_max, port_->lines()) {
    boost::system::error_code ignored;  // of a client that is gone: the first read will say so
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
    if (share_->manners.tls_only) speak_tls();
    undecided_ = share_->manners.tls && !tls_;
  }
  ~Session() {
    share_->sessions.erase(place_);
    port_->leave(address_);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void wait();
  void close() {
    boost::system::error_code ignored;
    if (tls_ && socket_.is_open()) {
      std::string goodbye;
      tls_->close(goodbye);
      socket_.write_some(asio::buffer(goodbye), ignored);
    }
    socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }
  // What was not sent yet is not; the client is told so at once.
  void reset() {
    boost::system::error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
  }
  // At once, or behind the answer that is under way. A client that waits for none goes on waiting.
  void end() {
    if (silenced_) return;
    const bool is_sending = !undecided_ && !unsent_.empty();
    if (handling_ || is_sending)
      close_wanted_ = true;
    else
      close();
  }
  bool is_of(const SessionPort& port) const { return port_.get() == &port; }
  bool quiet() const { return !handling_ && share_->now - quiet_since_ > quiet_steps_max; }

 private:
  void receive();
  void serve();                                        // whatever requests there are, then waits
  void go_on() { close_wanted_ ? close() : serve(); }  // behind an answer that took its time

  void speak_tls() { tls_ = std::make_unique<TlsChannel>(*share_->manners.tls); }
  void decide(std::string_view bytes);  // whether this is TLS
  void receive_tls(std::string_view bytes);

  // Each false when the way on is by a completion of its own, or at its end.
  bool handle(IncomingRequest incoming);
  bool respond(const ServerResponse& response, const ResponseWriter::Options& options);
  bool send(std::string_view bytes);
  bool send_raw(std::string_view bytes);
  bool send_slowly(std::string_view bytes, const ServerResponse& response);
  std::optional<std::string> challenge(const IncomingRequest& incoming);

  std::shared_ptr<SessionShare> share_;
  std::shared_ptr<SessionPort> port_;
  std::list<Session*>::iterator place_;
  asio::ip::address address_;
  std::uint64_t quiet_since_;
  bool handling_ = false;  // in a handler, or until its answer has left
  bool close_wanted_ = false;
  bool silenced_ = false;  // an answer never came: the client is read, to see it go, and no more
  SessionSocket socket_;
  bool undecided_ = false;  // the first bytes will tell TLS from plain HTTP
  std::unique_ptr<TlsChannel> tls_;
  std::unique_ptr<DigestGate> gate_;
  RequestReader reader_;
  // Of an answer to a client that is slow to take it; at first, what is not decided yet.
  std::string unsent_;
};

// Reads when there is something to read: an idle connection has no buffer.
void Session::wait() {
  socket_.async_wait(asio::socket_base::wait_read,
                     [self = shared_from_this()](boost::system::error_code failed) {
                       if (!failed && !self->share_->closed) self->receive();
                     });
}

void Session::receive() {
  boost::system::error_code failed;
  const std::size_t count = socket_.read_some(asio::buffer(share_->received), failed);
  if (failed == asio::error::would_block) return wait();
  if (failed) return close();
  if (silenced_) return wait();
  const std::string_view bytes(share_->received.data(), count);
  if (undecided_) return decide(bytes);
  if (tls_) return receive_tls(bytes);
  reader_.feed(bytes);
  serve();
}

// The real one reads its nine bytes apart from the rest, too.
void Session::decide(std::string_view bytes) {
  unsent_ += bytes;
  if (unsent_.size() < tls_magic_bytes) return wait();
  const std::string first = std::exchange(unsent_, std::string());
  undecided_ = false;
  if (begins_tls(first)) {
    speak_tls();
    return receive_tls(first);
  }
  reader_.feed(std::string_view(first).substr(0, tls_magic_bytes));
  if (reader_.next() == RequestReader::Next::broken) return close();
  reader_.feed(std::string_view(first).substr(tls_magic_bytes));
  serve();
}

void Session::receive_tls(std::string_view bytes) {
  std::string plain;
  std::string out;
  if (!tls_->receive(bytes, plain, out)) close_wanted_ = true;
  reader_.feed(plain);
  if (send_raw(out)) serve();
}

void Session::serve() {
  for (;;) {
    switch (reader_.next()) {
      case RequestReader::Next::more:
        return close_wanted_ ? close() : wait();
      case RequestReader::Next::broken:
        return close();
      case RequestReader::Next::request:
        if (!handle(reader_.take())) return;
        if (close_wanted_) return close();
    }
  }
}

bool Session::handle(IncomingRequest incoming) {
  if (share_->closed) return false;
  close_wanted_ |= incoming.close_after;
  ResponseWriter::Options options;
  options.close_after = incoming.close_after;
  options.without_body = ascii::equal_without_case(incoming.request.method, "HEAD");
  options.to_options = ascii::equal_without_case(incoming.request.method, "OPTIONS");
  if (!incoming.origin.empty())
    options.more = origin_lines(share_->manners.origins, incoming.origin, options.to_options);
  if (options.to_options) return respond(ServerResponse{200, {}, {}}, options);

  if (const auto lines = challenge(incoming)) {
    constexpr std::string_view body =
        "<html><head><title>Unauthorized Access</title></head><body><h1>401 "
        "Unauthorized</h1></body></html>";
    options.more += *lines;
    return respond(ServerResponse{401, std::string(body), "text/html"}, options);
  }
  handling_ = true;
  Handling handling = port_->handle(std::move(incoming.request));
  if (const auto* response = std::get_if<ServerResponse>(&handling)) {
    handling_ = false;
    return respond(*response, options);
  }
  reader_.keep();
  asio::co_spawn(socket_.get_executor(), std::get<Awaitable<ServerResponse>>(std::move(handling)),
                 [self = shared_from_this(), options](std::exception_ptr thrown,
                                                      const ServerResponse& response) {
                   if (thrown) std::rethrow_exception(thrown);  // a bug: out of the loop with it
                   self->handling_ = false;
                   if (self->respond(response, options)) self->go_on();
                 });
  return false;
}

bool Session::respond(const ServerResponse& response, const ResponseWriter::Options& options) {
  switch (response.delivery) {
    case Delivery::hang_up:
      close();
      return false;
    case Delivery::reset:
      reset();
      return false;
    case Delivery::never:
      silenced_ = true;
      wait();
      return false;
    case Delivery::sent:
    case Delivery::half:
      break;
  }
  const bool whole = response.delivery == Delivery::sent;
  close_wanted_ |= response.status == 500 || !whole;
  quiet_since_ = share_->now;
  std::string_view bytes = share_->writer.write(response, options);
  if (options.without_body) return send(bytes);
  if (!whole) bytes.remove_suffix(response.body.size() - response.body.size() / 2);
  return response.pace.bytes > 0 ? send_slowly(bytes, response) : send(bytes);
}

std::optional<std::string> Session::challenge(const IncomingRequest& incoming) {
  if (!share_->manners.login) return std::nullopt;
  if (!gate_) gate_ = std::make_unique<DigestGate>();
  const auto sent = incoming.has_authorization
                        ? std::optional<std::string_view>(incoming.authorization)
                        : std::nullopt;
  return gate_->refuse(*share_->manners.login, incoming.request.method, sent);
}

bool Session::send(std::string_view bytes) {
  if (!tls_) return send_raw(bytes);
  std::string out;
  tls_->send(bytes, out);
  return send_raw(out);
}

bool Session::send_slowly(std::string_view bytes, const ServerResponse& response) {
  std::vector<std::string> pieces = pieces_of(bytes, response);
  if (tls_)
    for (std::string& piece : pieces) tls_->send(std::exchange(piece, std::string()), piece);
  handling_ = true;
  reader_.keep();
  trickle(socket_, std::move(pieces), response.pace.pause, [self = shared_from_this()](bool sent) {
    self->handling_ = false;
    self->quiet_since_ = self->share_->now;
    if (sent && !self->share_->closed) self->go_on();
  });
  return false;
}

bool Session::send_raw(std::string_view bytes) {
  boost::system::error_code failed;
  const std::size_t sent = socket_.write_some(asio::buffer(bytes), failed);
  if (failed && failed != asio::error::would_block) {
    close();
    return false;
  }
  if (sent == bytes.size()) return true;
  unsent_ = bytes.substr(sent);
  reader_.keep();
  asio::async_write(socket_, asio::buffer(unsent_),
                    [self = shared_from_this()](boost::system::error_code broken, std::size_t) {
                      self->unsent_ = std::string();
                      self->quiet_since_ = self->share_->now;
                      if (!broken && !self->share_->closed) self->go_on();
                    });
  return false;
}

namespace {

// Ends the connections that were quiet for too long, now and at each further step.
void count_steps(std::shared_ptr<SessionShare> share) {
  share->counting = !share->closed && !share->sessions.empty();
  if (!share->counting) return;
  asio::steady_timer& timer = share->quiet_timer;
  timer.expires_after(share->limits.quiet_time_max / quiet_steps_max);
  timer.async_wait([share = std::move(share)](boost::system::error_code) mutable {
    ++share->now;
    for (Session* session : share->sessions)
      if (session->quiet()) session->close();
    count_steps(std::move(share));
  });
}

}  // namespace

void start_session(const std::shared_ptr<SessionShare>& share,
                   const std::shared_ptr<SessionPort>& port, SessionSocket socket) {
  if (share->closed) return;
  boost::system::error_code gone;
  const auto address = socket.remote_endpoint(gone).address();
  if (gone || !port->admit(share->limits, address)) return;
  std::make_shared<Session>(share, port, address, std::move(socket))->wait();
  if (!share->counting) count_steps(share);
}

void end_sessions(SessionShare& share, const SessionPort& port) {
  for (Session* session : share.sessions)
    if (session->is_of(port)) session->end();
}

void close_sessions(SessionShare& share, const SessionPort& port) {
  for (Session* session : share.sessions)
    if (session->is_of(port)) session->close();
}

void close_sessions(SessionShare& share) {
  share.closed = true;
  share.quiet_timer.cancel();
  for (Session* session : share.sessions) session->close();
}

}  // namespace escrowstorm::http
