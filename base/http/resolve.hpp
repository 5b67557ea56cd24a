// From an endpoint to the addresses behind it. Internal to the client.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <vector>

#include "base/async.hpp"
#include "base/http/url.hpp"
#include "base/time.hpp"

namespace escrowstorm::http {

struct Resolved {
  std::vector<boost::asio::ip::tcp::endpoint> addresses;
  boost::system::error_code failed;  // beast::error::timeout when `limit` was over
};

// An address is itself, at once; a name is asked for, at most for `limit`.
Awaitable<Resolved> resolve(Executor executor, Endpoint endpoint, Duration limit);

}  // namespace escrowstorm::http
