// Waits for what a handler of the HTTP server returns, as a session does.
#pragma once

#include <utility>
#include <variant>

#include "base/http/server.hpp"

namespace escrowstorm::test {

inline Awaitable<http::ServerResponse> finish(http::Handling handling) {
  if (auto* response = std::get_if<http::ServerResponse>(&handling)) co_return std::move(*response);
  auto later = std::get<Awaitable<http::ServerResponse>>(std::move(handling));
  co_return co_await std::move(later);
}

}  // namespace escrowstorm::test
