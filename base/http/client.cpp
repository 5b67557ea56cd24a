#include "base/http/client.hpp"

#include <sys/socket.h>

#include <algorithm>
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

#include "base/http/digest.hpp"
#include "base/http/resolve.hpp"
#include "base/http/tls_stream.hpp"

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

std::string request_head(std::string_view target, const Endpoint& endpoint, std::size_t length,
                         const std::string& authorization) {
  std::string head;
  head.reserve(192 + authorization.size());
  head += "POST ";
  head += target;
  head += " HTTP/1.1\r\nHost: ";
  head += endpoint.authority();
  head += "\r\nContent-Type: application/json\r\nContent-Length: ";
  head += std::to_string(length);
  if (!authorization.empty()) {
    head += "\r\nAuthorization: ";
    head += authorization;
  }
  head += "\r\n\r\n";
  return head;
}

using Response = beast::http::response<beast::http::string_body>;

// Whether one of the challenges of a 401 can be answered.
bool take_challenge(const Response& response, DigestAnswer& digest) {
  const auto [first, last] = response.equal_range(beast::http::field::www_authenticate);
  return std::any_of(first, last, [&](const auto& field) { return digest.take(field.value()); });
}

}  // namespace

struct Connection::State {
  State(Executor executor, Clock& c, Endpoint e, std::size_t bytes_max, Access a)
      : clock(c),
        endpoint(std::move(e)),
        answer_bytes_max(bytes_max),
        access(std::move(a)),
        stream(std::move(executor)) {
    if (endpoint.tls && !access.trust) access.trust = UsualTrust().in(endpoint);
  }

  // Each with the stream's deadline running; nothing or what went wrong.
  Awaitable<Failure> connect(TimePoint deadline);
  Awaitable<Failure> shake_hands();
  Awaitable<Failure> exchange(std::string_view target, const std::string& body,
                              ClientResponse& response);
  Awaitable<Failure> write(std::string_view target, const std::string& body);
  Awaitable<Failure> read(ClientResponse& response);
  void close() {
    tls.reset();
    stream.close();
  }

  bool open() const { return stream.socket().is_open(); }

  CallError connect_error(const boost::system::error_code& failed) const {
    if (failed == beast::error::timeout)
      return error_of(CallError::Kind::deadline, false,
                      "no connection to " + endpoint.to_string() + " within the deadline");
    std::string why = failed.message();
    if (failed == asio::error::no_descriptors) why += "; allow more descriptors (ulimit -n)";
    return error_of(CallError::Kind::refused, false,
                    "cannot connect to " + endpoint.to_string() + ": " + why);
  }

  CallError timeout_error(bool sent) const {
    return error_of(CallError::Kind::deadline, sent,
                    "no answer from " + endpoint.to_string() + " within the deadline");
  }

  Clock& clock;
  Endpoint endpoint;
  std::size_t answer_bytes_max;
  Access access;
  DigestAnswer digest;             // of this connection
  bool challenge_waiting = false;  // a 401 came that the login may answer
  beast::tcp_stream stream;
  std::unique_ptr<TlsStream> tls;
  beast::flat_buffer buffer;
};

Awaitable<Failure> Connection::State::connect(TimePoint deadline) {
  Resolved resolved = co_await resolve(stream.get_executor(), endpoint, deadline - clock.now());
  if (resolved.failed) co_return connect_error(resolved.failed);

  buffer.clear();
  digest = DigestAnswer();
  stream.expires_after(deadline - clock.now());
  // One after the other by hand: Asio calls a socket that can't be opened "cancelled".
  boost::system::error_code failed = asio::error::host_not_found;
  for (const asio::ip::tcp::endpoint& address : resolved.addresses) {
    stream.socket().close(failed);
    stream.socket().open(address.protocol(), failed);
    if (failed) continue;
    co_await stream.async_connect(address, asio::redirect_error(asio::use_awaitable, failed));
    if (!failed || failed == beast::error::timeout) break;
  }
  if (failed) co_return connect_error(failed);
  stream.socket().set_option(asio::ip::tcp::no_delay(true), failed);
  if (!endpoint.tls) co_return std::nullopt;
  co_return co_await shake_hands();
}

Awaitable<Failure> Connection::State::shake_hands() {
  tls = make_tls_stream(stream, *access.trust, endpoint.host);
  boost::system::error_code failed;
  co_await tls->async_handshake(asio::ssl::stream_base::client,
                                asio::redirect_error(asio::use_awaitable, failed));
  if (!failed) co_return std::nullopt;
  if (failed == beast::error::timeout) co_return connect_error(failed);
  const long why = SSL_get_verify_result(tls->native_handle());
  co_return error_of(
      CallError::Kind::refused, false,
      "no TLS with " + endpoint.to_string() + ": " +
          (why == X509_V_OK ? failed.message()
                            : "its certificate is not trusted (" +
                                  std::string(X509_verify_cert_error_string(why)) + ")"));
}

Awaitable<Failure> Connection::State::write(std::string_view target, const std::string& body) {
  const bool answering = access.login && digest.challenged();
  const std::string authorization =
      answering ? digest.authorize(*access.login, "POST", target) : std::string();
  const std::string head = request_head(target, endpoint, body.size(), authorization);
  const std::array<asio::const_buffer, 2> bytes{asio::buffer(head), asio::buffer(body)};
  boost::system::error_code failed;
  std::size_t written = 0;
  if (tls) {
    written =
        co_await asio::async_write(*tls, bytes, asio::redirect_error(asio::use_awaitable, failed));
  } else {
    written = co_await asio::async_write(stream, bytes,
                                         asio::redirect_error(asio::use_awaitable, failed));
  }
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
  if (tls) {
    co_await beast::http::async_read(*tls, buffer, parser,
                                     asio::redirect_error(asio::use_awaitable, failed));
  } else {
    co_await beast::http::async_read(stream, buffer, parser,
                                     asio::redirect_error(asio::use_awaitable, failed));
  }
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
  // A second challenge for the same password means that it is wrong, unless the nonce went stale.
  const bool answered = digest.challenged();
  challenge_waiting = response.status == 401 && access.login && take_challenge(message, digest) &&
                      (!answered || digest.stale());
  response.body = std::move(message.body());
  if (!keep) close();
  co_return std::nullopt;
}

Awaitable<Failure> Connection::State::exchange(std::string_view target, const std::string& body,
                                               ClientResponse& response) {
  Failure failure = co_await write(target, body);
  if (!failure) failure = co_await read(response);
  co_return failure;
}

Connection::Connection(Executor executor, Clock& clock, Endpoint endpoint,
                       std::size_t answer_bytes_max, Access access)
    : state_(std::make_unique<State>(std::move(executor), clock, std::move(endpoint),
                                     answer_bytes_max, std::move(access))) {}

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
  if (!failure) failure = co_await state.exchange(target, body, response);
  if (!failure && state.challenge_waiting && state.open())
    failure = co_await state.exchange(target, body, response);
  if (!failure) co_return std::move(response);
  state.close();
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
