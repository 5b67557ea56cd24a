// A monerod on a private chain and the monero-wallet-rpc instances that use it, all on loopback,
// all in one scratch directory, all ended with the object. Lives on one executor and is made on
// the main thread (see ChildProcess).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/http/url.hpp"
#include "base/random.hpp"
#include "sim/process/child_process.hpp"
#include "sim/process/loopback_ports.hpp"

namespace escrowstorm::sim {

struct RegtestOptions {
  std::optional<std::filesystem::path> monero_bin;  // where the two programs are; else in PATH
  std::filesystem::path scratch;                    // an existing directory, this object's alone
  std::uint32_t instances = 3;
  bool bank = false;                            // one wallet RPC more, with a folder of its own
  std::function<void(const std::string&)> say;  // progress, a line each; may be empty
};

class RegtestNodes {
 public:
  // `clock` outlives it. Throws WorldError when a program is missing.
  RegtestNodes(Executor executor, Clock& clock, RandomStream ports, RegtestOptions options);
  ~RegtestNodes();
  RegtestNodes(const RegtestNodes&) = delete;
  RegtestNodes& operator=(const RegtestNodes&) = delete;

  // Starts them all and returns when all answer. Throws WorldError with the words of the program
  // that failed; what was started until then ends with the object.
  Awaitable<void> start();

  http::Endpoint daemon() const { return endpoint(0); }
  std::vector<http::Endpoint> wallets() const;
  bool has_bank() const { return options_.bank; }
  http::Endpoint bank() const;  // REQUIRES: has_bank()
  std::filesystem::path wallet_dir() const { return options_.scratch / "wallets"; }

 private:
  // Node 0 is monerod, node i the wallet RPC i - 1, the last one perhaps the bank's.
  struct Node {
    std::unique_ptr<ChildProcess> process;
    bool moved = false;  // its first port turned out to be taken
  };

  std::filesystem::path bank_dir() const { return options_.scratch / "bank"; }
  http::Endpoint endpoint(std::size_t node) const;
  std::string name(std::size_t node) const;
  bool is_bank(std::size_t node) const { return node == options_.instances + std::size_t{1}; }
  ChildCommand command(std::size_t node) const;
  void launch(std::size_t node);
  Awaitable<std::uint32_t> wait_for(std::size_t node);
  void check_alive(std::size_t node);
  void say(const std::string& line) const;

  Executor executor_;
  Clock& clock_;
  RandomStream random_;
  RegtestOptions options_;
  std::filesystem::path monerod_;
  std::filesystem::path wallet_rpc_;
  std::optional<LoopbackPorts> ports_;
  std::vector<Node> nodes_;
};

}  // namespace escrowstorm::sim
