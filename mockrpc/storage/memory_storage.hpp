// Wallets in memory: for tests, for the virtual world, and for a fleet without a folder. Instances
// of one fleet share it and exclude each other through its locks.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "mockrpc/storage/storage.hpp"

namespace escrowstorm::mockrpc {

class MemoryStorage final : public Storage {
 public:
  // `directory` is only what error texts show.
  explicit MemoryStorage(std::string directory = "/wallets");

  std::string_view directory() const override { return directory_; }
  std::optional<std::string> read(std::string_view wallet, WalletFile file) const override;
  Outcome<void> write(std::string_view wallet, WalletFile file, std::string_view bytes) override;
  void keep_unportable(std::string_view wallet) override;
  bool exists(std::string_view wallet, WalletFile file) const override;
  void remove(std::string_view wallet, WalletFile file) override;
  void overwrite(std::string_view wallet, WalletFile file, std::string_view bytes) override;
  std::unique_ptr<WalletLock> lock(std::string_view wallet) override;

  // What a folder allows besides, for tests and for the worlds that copy files. Wallets that have a
  // keys file, sorted.
  std::vector<std::string> list(std::string_view prefix) const;

 private:
  struct Inode {
    std::string bytes;
    bool locked = false;
  };
  class Held;
  struct HashOfName {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const {
      return std::hash<std::string_view>()(name);
    }
  };
  using Files =
      std::unordered_map<std::string, std::shared_ptr<Inode>, HashOfName, std::equal_to<>>;

  Files::const_iterator find(std::string_view wallet, WalletFile file) const;

  std::string directory_;
  // By file name. A handle of a replaced or removed file keeps its inode, as on a disk.
  Files files_;
};

}  // namespace escrowstorm::mockrpc
