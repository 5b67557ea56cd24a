// Three wallet RPC programs on one wallet folder, without a daemon, to be killed, stopped and
// limited: the mock's binary or the real one. They end with the object, and with the test however
// it ends. Made on the main thread (the kernel's kill comes when the making thread ends).
#pragma once

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "sim/process/loopback_ports.hpp"
#include "sim/process/scratch_dir.hpp"

namespace escrowstorm::fidelity {

class WalletPrograms {
 public:
  static constexpr std::size_t count = 3;

  // `program` is a path. To `arguments` come those for port and folder.
  WalletPrograms(std::filesystem::path program, std::vector<std::string> arguments);
  ~WalletPrograms();
  WalletPrograms(const WalletPrograms&) = delete;
  WalletPrograms& operator=(const WalletPrograms&) = delete;

  const std::filesystem::path& scratch() const { return scratch_.path(); }
  std::filesystem::path folder() const { return scratch_.path() / "wallets"; }
  std::uint16_t port(std::size_t i) const { return ports_[i]; }

  void signal(std::size_t i, int number) const;
  // Sends the signal that ends it and waits for that. The exit status, or 128 and the signal.
  int end(std::size_t i, int number);
  // Returns when it answers. REQUIRES: ended.
  void start(std::size_t i);
  // No file it writes may become larger.
  void limit_file_size(std::size_t i, std::uint64_t bytes) const;

 private:
  std::filesystem::path program_;
  std::vector<std::string> arguments_;
  sim::ScratchDir scratch_;
  RandomStream random_;
  sim::LoopbackPorts ports_;
  std::array<pid_t, count> pids_{};  // 0: ended
};

}  // namespace escrowstorm::fidelity
