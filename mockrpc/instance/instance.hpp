// One monero-wallet-rpc: the slot for one open wallet and what each method does with it. A plain
// class: request in, outcome out, nothing waits and nothing is random but its own stream. The fleet
// gives it time, a queue and a port. Called on the world's executor, one call at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <variant>

#include "base/random.hpp"
#include "base/walletrpc/error_code.hpp"
#include "base/walletrpc/request.hpp"
#include "mockrpc/kex/outcome.hpp"
#include "mockrpc/wallet/wallet_host.hpp"

namespace escrowstorm::mockrpc {

struct ServerState;
class Wallet;

using CallOutcome = std::variant<walletrpc::Answer, walletrpc::RpcError>;

struct Execution {
  CallOutcome outcome;
  // What it cost: a method of the latency profile ("create_wallet", "exchange_multisig_keys#2"),
  // or empty for a call that was refused before it did any work.
  std::string_view cost;
};

class Instance {
 public:
  Instance(const WalletHost& host, RandomStream random);
  ~Instance();
  Instance(Instance&&) noexcept;

  Execution execute(const walletrpc::Request& request);

  // What SIGTERM does to the real one: saves the open wallet and closes it.
  Outcome<void> end();

  // Whether a wallet is open that has a daemon, and how often it then refreshes by itself; 0:
  // auto_refresh switched it off.
  bool can_refresh() const;
  std::uint32_t auto_refresh_seconds() const;
  // What it then does; answers what it cost.
  std::string_view refresh();

  // The name of the open wallet's file, empty when none is open or it has no file. Nothing in the
  // RPC tells it.
  std::string_view open_wallet() const;
  const Wallet* wallet() const { return wallet_.get(); }

  // As if answers were cached: until cured, is_multisig and prepare_multisig answer for the wallet
  // that is open now, also when it is closed and another one is there. A wallet that is not
  // multisig leaves nothing behind: false.
  bool pollute();
  void cure();

  // What SIGKILL does to it, and another start: the wallet is closed unsaved, its lock is free, the
  // slot is empty and all that was set is as at first. What it draws goes on.
  void kill();

 private:
  WalletHost host_;
  RandomStream random_;
  std::unique_ptr<ServerState> server_;
  std::unique_ptr<Wallet> wallet_;
};

}  // namespace escrowstorm::mockrpc
