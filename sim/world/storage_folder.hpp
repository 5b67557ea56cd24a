// The wallet folder of the mock's storage in memory, as the coordinator sees it. What it copies the
// ledger is told, since judges know wallets by their files.
#pragma once

#include "base/clock.hpp"
#include "coordinator/files/wallet_folder.hpp"
#include "mockrpc/fleet/ledger.hpp"
#include "mockrpc/storage/memory_storage.hpp"

namespace escrowstorm::sim {

class StorageFolder final : public coordinator::WalletFolder {
 public:
  // All of it outlives this; there may be no ledger.
  StorageFolder(mockrpc::MemoryStorage& storage, Clock& clock, mockrpc::Ledger* ledger)
      : storage_(storage), clock_(clock), ledger_(ledger) {}

  std::vector<std::string> list(std::string_view prefix) const override;
  coordinator::FolderResult<coordinator::FilesDigest> copy(const std::string& from,
                                                           const std::string& to,
                                                           coordinator::CopiedFiles files) override;
  coordinator::FolderResult<coordinator::FilesDigest> digest(
      const std::string& wallet) const override;
  void remove(const std::string& wallet) override;

 private:
  mockrpc::MemoryStorage& storage_;
  Clock& clock_;
  mockrpc::Ledger* const ledger_;
};

}  // namespace escrowstorm::sim
