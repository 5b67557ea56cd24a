// Wallets as files NAME and NAME.keys (mode 0600) in a directory, which several fleets and
// processes may share.
//
// The lock is fcntl's F_OFD_SETLK on NAME.keys. It excludes every other one, in this process and in
// others, is seen by whoever asks with F_GETLK as for the real one's, and ends with its process. It
// belongs to that very file, as in the real one: writing NAME.keys puts an unlocked file in its
// place, and the writer has to lock it anew.
//
// What is no regular file (a pipe, a device) is not read and never waited for.
#pragma once

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
  Outcome<void> write(std::string_view wallet, WalletFile file, std::string_view bytes) override;
  void keep_unportable(std::string_view wallet) override;
  bool exists(std::string_view wallet, WalletFile file) const override;
  void remove(std::string_view wallet, WalletFile file) override;
  void overwrite(std::string_view wallet, WalletFile file, std::string_view bytes) override;
  std::unique_ptr<WalletLock> lock(std::string_view wallet) override;

 private:
  class FileLock;

  explicit DiskStorage(std::string directory) : directory_(std::move(directory)) {}

  std::string directory_;
};

}  // namespace escrowstorm::mockrpc
