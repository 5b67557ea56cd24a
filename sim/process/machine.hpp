// What this machine has that worlds need.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace escrowstorm::sim {

struct Machine {
  std::uint64_t descriptors = 0;   // that this process may open
  std::uint64_t memory_bytes = 0;  // that can be had without swapping
  unsigned cores = 0;
  std::uint64_t ephemeral_ports = 0;  // that the system gives out
  std::uint64_t free_ports = 0;       // below them, of those that regtest takes its own from
  std::filesystem::path scratch;      // where scratch directories are made
  std::optional<std::uint64_t> scratch_bytes;  // nothing: there can be none made
  // What each says of its version; nothing where it is missing or says none.
  std::optional<std::string> monerod, wallet_rpc;
};

// `monero_bin`: where the two programs are; else in PATH, where each is asked for its version. What
// can't be found out is none. On the main thread (see ChildProcess).
Machine look_at_machine(const std::optional<std::filesystem::path>& monero_bin);

}  // namespace escrowstorm::sim
