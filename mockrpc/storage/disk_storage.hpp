// Wallets as files NAME and NAME.keys (mode 0600) in a directory, which several fleets and
// processes may share. A write goes to a file of its own that then takes the name.
//
// The lock is flock(2) on NAME.keys and belongs to that very file, as in the real one: writing
// NAME.keys puts an unlocked file in its place, and the writer has to lock it anew. It excludes
// every other lock on the file, in this process and in others, and ends with its process.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "mockrpc/storage/storage.hpp"

namespace escrowstorm::mockrpc {

class DiskStorage final : public Storage {
 public:
  // Makes the directory (mode 0700) when it is missing. The error is one line.
  static std::variant<std::unique_ptr<DiskStorage>, std::string> open(std::string directory);

  std::string_view directory() const override { return directory_; }
  std::optional<std::string> read(std::string_view wallet, WalletFile file) const override;
  bool write(std::string_view wallet, WalletFile file, std::string_view bytes) override;
  bool exists(std::string_view wallet, WalletFile file) const override;
  std::unique_ptr<WalletLock> lock(std::string_view wallet) override;

 private:
  explicit DiskStorage(std::string directory) : directory_(std::move(directory)) {}
  std::string path_of(std::string_view wallet, WalletFile file) const;

  std::string directory_;
  std::uint64_t files_written_ = 0;
};

}  // namespace escrowstorm::mockrpc
