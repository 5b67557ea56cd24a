#include "base/http/session.hpp"

#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/string_body.hpp>

#include "base/http/response.hpp"

namespace escrowstorm::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

// What an idle connection may receive before memory for a request is made.
constexpr std::size_t first_read_bytes = 512;

class Session {
 public:
  Session(std::shared_ptr<SessionShare> share, std::shared_ptr<const Handler> handler,
          asio::ip::tcp::socket socket)
      : share_(std::move(share)),
        handler_(std::move(handler)),
        place_(share_->sessions.insert(share_->sessions.end(), this)),
        stream_(std::move(socket)) {
    boost::system::error_code ignored;  // of a client that is gone: the first read will say so
    stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  }
  ~Session() { share_->sessions.erase(place_); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Each false when the connection is at its end. Apart, so that what a request needs is not held
  // by idle connections.
  Awaitable<bool> wait_for_request();
  Awaitable<bool> serve_request();

  void close() { stream_.close(); }

 private:
  struct Incoming {
    ServerRequest request;
    bool close_after = false;
    bool head_only = false;
  };

  Awaitable<bool> read_request(Incoming& incoming);
  Awaitable<bool> write_response(const Incoming& incoming, ServerResponse response);

  std::shared_ptr<SessionShare> share_;
  std::shared_ptr<const Handler> handler_;
  std::list<Session*>::iterator place_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;  // read, but not yet consumed
};

Awaitable<bool> Session::wait_for_request() {
  if (buffer_.size() > 0) co_return true;
  if (buffer_.capacity() > first_read_bytes) buffer_ = beast::flat_buffer();
  stream_.expires_after(share_->limits.idle_time_max);
  boost::system::error_code failed;
  auto space = buffer_.prepare(first_read_bytes);
  const std::size_t received =
      co_await stream_.async_read_some(space, asio::redirect_error(asio::use_awaitable, failed));
  buffer_.commit(received);
  co_return !failed;
}

Awaitable<bool> Session::serve_request() {
  Incoming incoming;
  const bool complete = co_await read_request(incoming);
  if (!complete || share_->closed) co_return false;
  ServerResponse response = co_await (*handler_)(std::move(incoming.request));
  co_return co_await write_response(incoming, std::move(response));
}

Awaitable<bool> Session::read_request(Incoming& incoming) {
  beast::http::request_parser<beast::http::string_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(share_->limits.header_bytes_max));
  parser.body_limit(share_->limits.body_bytes_max);
  stream_.expires_after(share_->limits.request_time_max);
  boost::system::error_code failed;
  co_await beast::http::async_read(stream_, buffer_, parser,
                                   asio::redirect_error(asio::use_awaitable, failed));
  if (failed) co_return false;

  auto message = parser.release();
  // As the real one, and unlike RFC 7230 for HTTP/1.0: kept alive unless "close" is said.
  beast::http::token_list connection(message[beast::http::field::connection]);
  incoming.close_after = connection.exists("close");
  incoming.head_only = message.method() == beast::http::verb::head;
  incoming.request.method = std::string(message.method_string());
  incoming.request.target = std::string(message.target());
  incoming.request.body = std::move(message.body());
  co_return true;
}

Awaitable<bool> Session::write_response(const Incoming& incoming, ServerResponse response) {
  const std::string head = response_head(response, incoming.close_after);
  if (incoming.head_only) response.body.clear();
  const std::array<asio::const_buffer, 2> bytes{asio::buffer(head), asio::buffer(response.body)};
  stream_.expires_after(share_->limits.request_time_max);
  boost::system::error_code failed;
  co_await asio::async_write(stream_, bytes, asio::redirect_error(asio::use_awaitable, failed));
  if (failed) co_return false;
  if (incoming.close_after) stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, failed);
  co_return !incoming.close_after;
}

Awaitable<void> run_session(std::shared_ptr<SessionShare> share,
                            std::shared_ptr<const Handler> handler, asio::ip::tcp::socket socket) {
  bool alive = !share->closed;
  Session session(std::move(share), std::move(handler), std::move(socket));
  // g++ 12 miscompiles a co_await in a condition.
  while (alive) {
    alive = co_await session.wait_for_request();
    if (alive) alive = co_await session.serve_request();
  }
}

void close_sessions(SessionShare& share) {
  share.closed = true;
  for (Session* session : share.sessions) session->close();
}

}  // namespace escrowstorm::http
