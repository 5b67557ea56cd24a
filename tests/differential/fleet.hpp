// The programs of one side: three wallet RPCs on one wallet folder and the daemon that they use.
// They end with the object. Calls wait for their answer.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "sim/process/child_process.hpp"
#include "sim/process/loopback_ports.hpp"
#include "sim/process/scratch_dir.hpp"
#include "tests/mockrpc/binary_client.hpp"

namespace escrowstorm::differential {

inline constexpr int instances = 3;
inline constexpr int daemon = -1;  // where an instance may stand

class Fleet {
 public:
  virtual ~Fleet();
  Fleet(const Fleet&) = delete;
  Fleet& operator=(const Fleet&) = delete;

  // {"result": ...} or {"error": ...} of the JSON-RPC answer; for a path ("/pop_blocks") the whole
  // answer as a result. {"no_answer": why} when none came.
  nlohmann::json call(int at, const std::string& method, const nlohmann::json& params);

  std::filesystem::path wallet_dir() const { return scratch_.path() / "wallets"; }

  // SIGKILL to an instance's process, and another in its place. REQUIRES: it has one of its own.
  virtual void kill_and_restart(int instance) = 0;

  // Both files of a wallet, as far as they are there.
  void copy_wallet(const std::string& from, const std::string& to) const;

 protected:
  Fleet();

  const std::filesystem::path& scratch() const { return scratch_.path(); }
  // A free port of its own each time.
  std::string new_port();
  void start(const std::string& name, const std::string& program,
             std::vector<std::string> arguments);
  void kill(const std::string& name) { processes_.erase(name); }
  std::string output(const std::string& name) const;
  void connect(int at, const http::Endpoint& endpoint);

  // Until somebody answers there.
  void wait_for(int at);

 private:
  sim::ScratchDir scratch_;
  RandomStream random_;
  std::vector<std::unique_ptr<sim::LoopbackPorts>> ports_;
  std::map<std::string, std::unique_ptr<sim::ChildProcess>> processes_;
  std::map<int, std::unique_ptr<test::BinaryClient>> clients_;
};

// One whose instances are processes that can be killed.
class KillableFleet : public Fleet {
 public:
  void kill_and_restart(int instance) override;

 protected:
  KillableFleet();
  void launch_all();
  const std::string& port(int instance) const { return wallet_ports_.at(instance); }
  std::string name(int instance) const { return "wallet" + std::to_string(instance); }

 private:
  virtual void launch(int instance) = 0;
  std::map<int, std::string> wallet_ports_;
};

// monerod on a private chain and three monero-wallet-rpc.
class RealFleet final : public KillableFleet {
 public:
  RealFleet();

 private:
  void launch(int instance) override;
  std::string daemon_port_;
};

// Three mock-wallet-rpc of the real ones' version, with an instance each and no daemon.
class MockProcesses final : public KillableFleet {
 public:
  MockProcesses();

 private:
  void launch(int instance) override;
  int seed_ = 0;  // another for each start, since each makes wallets
};

// One mock-wallet-rpc of that version with three instances and a daemon.
class MockFleet final : public Fleet {
 public:
  MockFleet();
  void kill_and_restart(int) override { throw std::logic_error("one process for all instances"); }
};

}  // namespace escrowstorm::differential
