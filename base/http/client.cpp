#include "base/http/client.hpp"

#include <sys/socket.h>

#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cerrno>

#include "base/http/resolve.hpp"

namespace escrowstorm::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

using Failure = std::optional<CallError>;

CallError error_of(CallError::Kind kind, bool sent, std::string message) {
  CallError error;
  error.kind = kind;
  error.sent = sent;
  error.message = std::move(message);
  return error;
}

// Whether the answer itself is at fault, not the connection.
bool is_malformed(const boost::system::error_code& failed) {
  const boost::system::error_code http_error = beast::http::error::bad_version;
  return failed.category() == http_error.category() &&
         failed != beast::http::error::end_of_stream &&
         failed != beast::http::error::partial_message;
}

std::string request_head(std::string_view target, const Endpoint& endpoint, std::size_t length) {
  std::string head;
  head.reserve(192);
  head += "POST ";
  head += target;
  head += " HTTP/1.1\r\nHost: ";
  head += endpoint.to_string();
  head += "\r\nContent-Type: application/json\r\nContent-Length: ";
  head += std::to_string(length);
  head += "\r\n\r\n";
  return head;
}

}  // namespace

struct Connection::State {
  State(Executor executor, Clock& c, Endpoint e, std::size_t bytes_max)
      : clock(c),
        endpoint(std::move(e)),
        answer_bytes_max(bytes_max),
        stream(std::move(executor)) {}

  // Each with the stream's deadline running; nothing or what went wrong.
  Awaitable<Failure> connect(TimePoint deadline);
  Awaitable<Failure> write(std::string_view target, const std::string& body);
  Awaitable<Failure> read(ClientResponse& response);

  bool open() const { return stream.socket().is_open(); }

  CallError connect_error(const boost::system::error_code& failed) const {
    if (failed == beast::error::timeout)
      return error_of(CallError::Kind::deadline, false,
                      "no connection to " + endpoint.to_string() + " within the deadline");
    return error_of(CallError::Kind::refused, false,
                    "cannot connect to " + endpoint.to_string() + ": " + failed.message());
  }

  CallError timeout_error(bool sent) const {
    return error_of(CallError::Kind::deadline, sent,
                    "no answer from " + endpoint.to_string() + " within the deadline");
  }

  Clock& clock;
  Endpoint endpoint;
  std::size_t answer_bytes_max;
  beast::tcp_stream stream;
  beast::flat_buffer buffer;
};

Awaitable<Failure> Connection::State::connect(TimePoint deadline) {
  Resolved resolved = co_await resolve(stream.get_executor(), endpoint, deadline - clock.now());
  if (resolved.failed) co_return connect_error(resolved.failed);

  buffer.clear();
  stream.expires_after(deadline - clock.now());
  boost::system::error_code failed;
  co_await stream.async_connect(resolved.addresses,
                                asio::redirect_error(asio::use_awaitable, failed));
  if (failed) co_return connect_error(failed);
  stream.socket().set_option(asio::ip::tcp::no_delay(true), failed);
  co_return std::nullopt;
}

Awaitable<Failure> Connection::State::write(std::string_view target, const std::string& body) {
  const std::string head = request_head(target, endpoint, body.size());
  const std::array<asio::const_buffer, 2> bytes{asio::buffer(head), asio::buffer(body)};
  boost::system::error_code failed;
  const std::size_t written =
      co_await asio::async_write(stream, bytes, asio::redirect_error(asio::use_awaitable, failed));
  if (!failed) co_return std::nullopt;

  const bool sent = written > 0;
  if (failed == beast::error::timeout) co_return timeout_error(sent);
  co_return error_of(sent ? CallError::Kind::outcome_unknown : CallError::Kind::refused, sent,
                     "cannot send to " + endpoint.to_string() + ": " + failed.message());
}

Awaitable<Failure> Connection::State::read(ClientResponse& response) {
  beast::http::response_parser<beast::http::string_body> parser;
  parser.body_limit(answer_bytes_max);
  boost::system::error_code failed;
  co_await beast::http::async_read(stream, buffer, parser,
                                   asio::redirect_error(asio::use_awaitable, failed));
  if (failed == beast::error::timeout) co_return timeout_error(true);
  if (failed == beast::http::error::body_limit)
    co_return error_of(CallError::Kind::bad_answer, true,
                       "the answer of " + endpoint.to_string() + " has more than " +
                           std::to_string(answer_bytes_max) + " bytes");
  if (is_malformed(failed))
    co_return error_of(
        CallError::Kind::bad_answer, true,
        "the answer of " + endpoint.to_string() + " is no HTTP: " + failed.message());
  if (failed)
    co_return error_of(CallError::Kind::outcome_unknown, true,
                       "the connection to " + endpoint.to_string() +
                           " broke before the answer was complete: " + failed.message());

  const bool keep = parser.keep_alive();
  auto message = parser.release();
  response.status = message.result_int();
  response.body = std::move(message.body());
  if (!keep) stream.close();
  co_return std::nullopt;
}

Connection::Connection(Executor executor, Clock& clock, Endpoint endpoint,
                       std::size_t answer_bytes_max)
    : state_(std::make_unique<State>(std::move(executor), clock, std::move(endpoint),
                                     answer_bytes_max)) {}

Connection::~Connection() = default;

Awaitable<CallResult<ClientResponse>> Connection::post(std::string_view target, std::string body,
                                                       TimePoint deadline) {
  State& state = *state_;
  const Duration left = deadline - state.clock.now();
  Failure failure;
  ClientResponse response;
  if (left <= Duration::zero()) {
    failure = state.timeout_error(false);
  } else if (state.open()) {
    state.stream.expires_after(left);
  } else {
    failure = co_await state.connect(deadline);
  }
  if (!failure) failure = co_await state.write(target, body);
  if (!failure) failure = co_await state.read(response);
  if (!failure) co_return std::move(response);
  state.stream.close();
  co_return std::move(*failure);
}

bool Connection::stale() const {
  if (state_->buffer.size() > 0) return true;
  char byte = 0;
  const int socket = state_->stream.socket().native_handle();
  return ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 ||
         (errno != EAGAIN && errno != EWOULDBLOCK);
}

bool Connection::open() const { return state_->open(); }

}  // namespace escrowstorm::http
