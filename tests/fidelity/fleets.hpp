// The two fleets that the recordings are held against: three instances and a daemon of the mock
// behind real sockets, and three of the real monero-wallet-rpc with a monerod of their own.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/executors.hpp"
#include "base/http/server.hpp"
#include "base/real_clock.hpp"
#include "mockrpc/chain/chain.hpp"
#include "mockrpc/daemon/daemon.hpp"
#include "mockrpc/fleet/fleet.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/world/regtest_nodes.hpp"

namespace escrowstorm::fidelity {

class FleetUnderTest {
 public:
  virtual ~FleetUnderTest() = default;

  virtual std::vector<http::Endpoint> instances() const = 0;
  virtual std::optional<http::Endpoint> daemon() const = 0;
  virtual std::string wallet_dir() const = 0;

  Executor executor() { return loop_.get_executor(); }
  Clock& clock() { return clock_; }

  // Runs the loop until `main` ends; its exceptions are thrown here.
  void run(Awaitable<void> main);

 protected:
  boost::asio::io_context loop_;
  RealClock clock_{loop_.get_executor()};
};

class MockFleet final : public FleetUnderTest {
 public:
  explicit MockFleet(std::string_view version);

  std::vector<http::Endpoint> instances() const override { return endpoints_; }
  std::optional<http::Endpoint> daemon() const override { return daemon_endpoint_; }
  std::string wallet_dir() const override { return std::string(storage_.directory()); }

 private:
  SingleExecutor executors_{loop_.get_executor()};
  mockrpc::MemoryStorage storage_;
  mockrpc::Chain chain_;
  mockrpc::Daemon daemon_;
  http::Server daemon_server_;
  http::Endpoint daemon_endpoint_;
  mockrpc::Fleet fleet_;
  http::Server server_;
  std::vector<http::Endpoint> endpoints_;
};

class RealFleet final : public FleetUnderTest {
 public:
  RealFleet();  // throws WorldError when the programs are missing

  std::vector<http::Endpoint> instances() const override { return nodes_.wallets(); }
  std::optional<http::Endpoint> daemon() const override { return nodes_.daemon(); }
  std::string wallet_dir() const override { return nodes_.wallet_dir().string(); }

 private:
  sim::ScratchDir scratch_;
  sim::RegtestNodes nodes_;
};

}  // namespace escrowstorm::fidelity
