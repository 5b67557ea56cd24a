#include "base/http/resolve.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>
#include <memory>

namespace escrowstorm::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// The system's lookup can't be cut short, so it is waited for by a timer that its end cancels.
struct Lookup {
  explicit Lookup(const Executor& executor) : resolver(executor), limit(executor) {}

  tcp::resolver resolver;
  asio::steady_timer limit;
  Resolved resolved{{}, boost::beast::error::timeout};
};

void begin(const std::shared_ptr<Lookup>& lookup, const Endpoint& endpoint) {
  lookup->resolver.async_resolve(
      endpoint.host, std::to_string(endpoint.port), tcp::resolver::numeric_service,
      [lookup](boost::system::error_code failed, const tcp::resolver::results_type& results) {
        lookup->resolved.failed = failed;
        lookup->resolved.addresses.assign(results.begin(), results.end());
        lookup->limit.cancel();
      });
}

}  // namespace

Awaitable<Resolved> resolve(Executor executor, Endpoint endpoint, Duration limit) {
  boost::system::error_code no_address;
  const auto address = asio::ip::make_address(endpoint.host, no_address);
  if (!no_address) {
    Resolved resolved;
    resolved.addresses.emplace_back(address, endpoint.port);
    co_return resolved;
  }

  auto lookup = std::make_shared<Lookup>(executor);
  lookup->limit.expires_after(limit);
  begin(lookup, endpoint);
  boost::system::error_code cancelled;
  co_await lookup->limit.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  co_return std::move(lookup->resolved);
}

}  // namespace escrowstorm::http
