// The world of the real programs: monerod --regtest and monero-wallet-rpc, started by us.
#include <algorithm>
#include <optional>
#include <system_error>

#include "base/http/rpc_transport.hpp"
#include "coordinator/files/disk_folder.hpp"
#include "sim/world/bank.hpp"
#include "sim/world/needs.hpp"
#include "sim/world/node_miner.hpp"
#include "sim/world/real_world.hpp"
#include "sim/world/regtest_nodes.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

class RegtestWorld final : public RealWorld {
 public:
  RegtestWorld(const Random& random, std::optional<coordinator::DatabaseKey> key,
               RegtestOptions options)
      : RealWorld(options.scratch, std::move(key)),
        nodes_(loop_.get_executor(), clock_, random.stream("world.ports"), std::move(options)),
        folder_(nodes_.wallet_dir()) {
    wallet_prefix_ = "escrow";  // the wallet folder is new
  }

  void start() {
    run_start(nodes_.start());
    transport_ =
        std::make_unique<http::RpcTransport>(loop_.get_executor(), clock_, nodes_.wallets());
    if (nodes_.has_bank()) bank_.emplace(loop_.get_executor(), clock_, nodes_);
  }

  coordinator::WalletFolder* wallet_folder() override { return &folder_; }
  Bank* bank() override { return bank_ ? &bank_->bank : nullptr; }

 private:
  struct NodeBank {
    NodeBank(Executor executor, Clock& clock, const RegtestNodes& nodes)
        : transport(executor, clock, std::vector{nodes.bank()}),
          miner(executor, clock, nodes.daemon()),
          bank(transport, miner, clock, executor) {}

    http::RpcTransport transport;
    NodeMiner miner;
    Bank bank;
  };

  RegtestNodes nodes_;
  coordinator::DiskFolder folder_;
  std::optional<NodeBank> bank_;
};

}  // namespace

std::unique_ptr<World> make_regtest_world(const Scenario& scenario, const Random& random,
                                          const WorldOptions& options) {
  std::unique_ptr<RegtestWorld> world;
  try {
    world = std::make_unique<RegtestWorld>(
        random, options.database_key,
        RegtestOptions{options.monero_bin, options.scratch, regtest_instances(scenario),
                       scenario.needs_money(), options.say});
    world->start();
    return world;
  } catch (const std::system_error& e) {
    if (world) world->abandon();
    throw WorldError(std::string(e.what()) +
                     ": take fewer instances (--set fleet.instances=N); each is a program with its "
                     "memory, ports and files in " +
                     options.scratch.string());
  } catch (...) {
    if (world) world->abandon();
    throw;
  }
}

}  // namespace escrowstorm::sim
