#include "base/http/rpc_transport.hpp"

#include "base/http/client.hpp"
#include "base/http/rpc_answer.hpp"
#include "base/walletrpc/codec.hpp"

namespace escrowstorm::http {

// The connections to one endpoint that nobody uses now, the last used at the end.
struct RpcTransport::Pool {
  Endpoint endpoint;
  Access access;
  std::vector<std::unique_ptr<Connection>> idle;

  // None when all of them went stale.
  std::unique_ptr<Connection> take() {
    while (!idle.empty()) {
      auto connection = std::move(idle.back());
      idle.pop_back();
      if (!connection->stale()) return connection;
    }
    return nullptr;
  }

  void give_back(std::unique_ptr<Connection> connection, std::size_t idle_max) {
    if (connection->open() && idle.size() < idle_max) idle.push_back(std::move(connection));
  }
};

RpcTransport::RpcTransport(Executor executor, Clock& clock, std::vector<Endpoint> endpoints,
                           TransportLimits limits, const Access& access)
    : executor_(std::move(executor)), clock_(clock), limits_(limits) {
  UsualTrust usual;
  pools_.reserve(endpoints.size());
  for (auto& endpoint : endpoints) {
    Pool& pool = *pools_.emplace_back(std::make_unique<Pool>());
    pool.access = access;
    if (endpoint.tls && !pool.access.trust) pool.access.trust = usual.in(endpoint);
    pool.endpoint = std::move(endpoint);
  }
}

RpcTransport::~RpcTransport() = default;

InstanceId RpcTransport::instances() const { return static_cast<InstanceId>(pools_.size()); }

Awaitable<CallResult<walletrpc::Answer>> RpcTransport::call(InstanceId instance,
                                                            walletrpc::Request request,
                                                            std::optional<CallFor> whom,
                                                            TimePoint deadline) {
  Pool& pool = *pools_.at(instance);
  for (;;) {
    auto connection = pool.take();
    const bool pooled = connection != nullptr;
    if (!pooled)
      connection = std::make_unique<Connection>(executor_, clock_, pool.endpoint,
                                                limits_.answer_bytes_max, pool.access);
    std::string body = walletrpc::write_call(request, whom ? to_string(*whom) : "0");
    auto response = co_await connection->post("/json_rpc", std::move(body), deadline);
    if (response) {
      pool.give_back(std::move(connection), limits_.idle_connections_max);
      co_return rpc_answer(request, *response);
    }
    // Closed between the look at it and the first byte: not sent, so it may be sent again.
    if (pooled && response.error().kind == CallError::Kind::refused) continue;
    co_return response.error();
  }
}

}  // namespace escrowstorm::http
