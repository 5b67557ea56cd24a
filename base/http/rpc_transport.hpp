// Transport over HTTP: one pool of keep-alive connections for each endpoint. A pooled connection
// that the server closed while it was idle is replaced without the caller noticing.
#pragma once

#include <memory>
#include <vector>

#include "base/clock.hpp"
#include "base/http/access.hpp"
#include "base/http/url.hpp"
#include "base/transport.hpp"

namespace escrowstorm::http {

struct TransportLimits {
  std::size_t idle_connections_max = 2;  // kept for each endpoint
  std::size_t answer_bytes_max = 16 * 1024 * 1024;
};

class RpcTransport final : public Transport {
 public:
  // `clock` outlives it. Instance i is endpoints[i].
  RpcTransport(Executor executor, Clock& clock, std::vector<Endpoint> endpoints,
               TransportLimits limits = {}, const Access& access = {});
  ~RpcTransport() override;

  InstanceId instances() const override;
  Awaitable<CallResult<walletrpc::Answer>> call(InstanceId instance, walletrpc::Request request,
                                                std::optional<CallFor> whom,
                                                TimePoint deadline) override;

 private:
  struct Pool;
  Executor executor_;
  Clock& clock_;
  TransportLimits limits_;
  std::vector<std::unique_ptr<Pool>> pools_;
};

}  // namespace escrowstorm::http
