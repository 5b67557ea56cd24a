#include "mockrpc/daemon/daemon.hpp"

#include <utility>

#include "mockrpc/chain/chain.hpp"
#include "mockrpc/daemon/dispatch.hpp"

namespace escrowstorm::mockrpc {
Daemon::Daemon(Chain& chain, const Version& version, Network network)
    : chain_(chain), version_(version), network_(network), started_(chain.unix_time()) {}

daemonrpc::Node Daemon::node() const {
  return {chain_, version_, network_, started_, server_ ? server_->connections() : 0};
}

http::ServerResponse Daemon::serve(std::string_view target, std::string_view body) const {
  daemonrpc::Node here = node();
  if (target != "/json_rpc") return daemonrpc::answer_path(here, target, body);
  http::ServerResponse response;
  auto answer = daemonrpc::answer_json_rpc(here, body);
  if (answer)
    response.body = std::move(*answer);
  else
    response.status = 500;
  return response;
}

http::Endpoint Daemon::listen(http::Server& server, const http::Endpoint& where) {
  server_ = &server;
  http::Handler handler = [this](http::ServerRequest request) {
    return serve(request.target, request.body);
  };
  const auto lines =
      version_.strict_header_lines ? http::HeaderLines::strict : http::HeaderLines::searched;
  return server.listen(where, std::move(handler), lines);
}

}  // namespace escrowstorm::mockrpc
