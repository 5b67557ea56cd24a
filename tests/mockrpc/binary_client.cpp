#include "tests/mockrpc/binary_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace escrowstorm::test {

BinaryClient::BinaryClient(const http::Endpoint& endpoint, http::Access access)
    : clock_(loop_.get_executor()),
      connection_(loop_.get_executor(), clock_, endpoint, 1024 * 1024, std::move(access)) {}

Awaitable<void> BinaryClient::carry_out(std::string target, std::string body,
                                        std::optional<CallResult<http::ClientResponse>>& result) {
  const TimePoint deadline = clock_.now() + std::chrono::minutes(2);
  result = co_await connection_.post(target, std::move(body), deadline);
}

http::ClientResponse BinaryClient::post(const std::string& target, const std::string& body) {
  std::optional<CallResult<http::ClientResponse>> result;
  boost::asio::co_spawn(loop_, carry_out(target, body, result), [](std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
  });
  loop_.restart();
  loop_.run();
  if (!result || !result->has_value())
    throw std::runtime_error("no answer: " + (result ? result->error().message : "lost"));
  return **result;
}

nlohmann::json BinaryClient::call(const std::string& method, const nlohmann::json& params) {
  const nlohmann::json body{
      {"jsonrpc", "2.0"}, {"id", "0"}, {"method", method}, {"params", params}};
  return nlohmann::json::parse(post("/json_rpc", body.dump()).body);
}

nlohmann::json BinaryClient::call(const std::string& method) {
  return call(method, nlohmann::json::object());
}

}  // namespace escrowstorm::test
