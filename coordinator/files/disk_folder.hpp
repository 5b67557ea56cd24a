// The wallet folder of real wallet RPCs: a directory on this machine, their --wallet-dir. A copy is
// on the disk before it gets its name, and the keys file gets its name last, so that a wallet of
// that name is there whole or not at all, whatever dies when.
#pragma once

#include <filesystem>

#include "coordinator/files/wallet_folder.hpp"

namespace escrowstorm::coordinator {

class DiskFolder final : public WalletFolder {
 public:
  // Need not be there yet.
  explicit DiskFolder(std::filesystem::path directory) : directory_(std::move(directory)) {}

  std::vector<std::string> list(std::string_view prefix) const override;
  FolderResult<FilesDigest> copy(const std::string& from, const std::string& to,
                                 CopiedFiles files) override;
  FolderResult<FilesDigest> digest(const std::string& wallet) const override;
  void remove(const std::string& wallet) override;

 private:
  const std::filesystem::path directory_;
};

}  // namespace escrowstorm::coordinator
