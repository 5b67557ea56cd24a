// A wallet RPC client for tests that waits for each answer.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/http/client.hpp"
#include "base/real_clock.hpp"
#include "base/real_loop.hpp"

namespace escrowstorm::test {

class BinaryClient {
 public:
  explicit BinaryClient(const http::Endpoint& endpoint, http::Access access = {});

  // Throws std::runtime_error when there is no answer within two minutes.
  http::ClientResponse post(const std::string& target, const std::string& body);

  // The whole JSON-RPC answer.
  nlohmann::json call(const std::string& method, const nlohmann::json& params);
  nlohmann::json call(const std::string& method);

 private:
  Awaitable<void> carry_out(std::string target, std::string body,
                            std::optional<CallResult<http::ClientResponse>>& result);

  RealLoop loop_;
  RealClock clock_;
  http::Connection connection_;
};

}  // namespace escrowstorm::test
