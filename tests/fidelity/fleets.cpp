#include "tests/fidelity/fleets.hpp"

#include <boost/asio/co_spawn.hpp>
#include <exception>

namespace escrowstorm::fidelity {
namespace {

mockrpc::FleetOptions three_of(std::string_view version, mockrpc::Chain& chain,
                               const http::Endpoint& daemon) {
  mockrpc::FleetOptions options;
  options.instances = 3;
  options.version = mockrpc::find_version(version).value();
  options.chain = &chain;
  options.daemon_port = daemon.port;
  options.enforce_ring_size = true;  // as the real fleet beside it
  return options;
}

sim::RegtestOptions three_in(const std::filesystem::path& scratch) {
  sim::RegtestOptions options;
  options.scratch = scratch;
  options.instances = 3;
  return options;
}

}  // namespace

void FleetUnderTest::run(Awaitable<void> main) {
  std::exception_ptr thrown;
  boost::asio::co_spawn(executor(), std::move(main), [this, &thrown](std::exception_ptr e) {
    thrown = e;
    loop_.stop();
  });
  loop_.restart();
  loop_.run();
  if (thrown) std::rethrow_exception(thrown);
}

MockFleet::MockFleet(std::string_view version)
    : chain_(clock_, clock_.unix_began(), Random(1).stream("mock.chain")),
      daemon_(chain_, mockrpc::find_version(version).value(), mockrpc::Network::mainnet),
      daemon_server_(executor(), http::ServerLimits()),
      daemon_endpoint_(daemon_.listen(daemon_server_, http::Endpoint{"127.0.0.1", 0})),
      fleet_(clock_, executors_, Random(1), storage_, three_of(version, chain_, daemon_endpoint_)),
      server_(executor(), http::ServerLimits()),
      endpoints_(fleet_.listen(server_, http::Endpoint{"127.0.0.1", 0})) {}

RealFleet::RealFleet()
    : nodes_(executor(), clock_, Random(1).stream("world.ports"), three_in(scratch_.path())) {
  run(nodes_.start());
}

}  // namespace escrowstorm::fidelity
