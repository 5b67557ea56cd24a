// The client's TLS over its stream. Internal to the client.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <memory>

#include "base/http/access.hpp"

namespace escrowstorm::http {

struct TlsTrust::Context {
  boost::asio::ssl::context ssl{boost::asio::ssl::context::tls_client};
  bool names_matter = false;
};

using TlsStream = boost::asio::ssl::stream<boost::beast::tcp_stream&>;

// Ready to shake hands with `host`. `trust` outlives it.
std::unique_ptr<TlsStream> make_tls_stream(boost::beast::tcp_stream& stream, const TlsTrust& trust,
                                           const std::string& host);

}  // namespace escrowstorm::http
