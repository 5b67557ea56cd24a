// The wallet folder of a FakeFleet: its files are the fleet's map of wallets.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "coordinator/files/wallet_folder.hpp"
#include "tests/coordinator/support/fake_fleet.hpp"

namespace escrowstorm::test {

class FakeFolder final : public coordinator::WalletFolder {
 public:
  explicit FakeFolder(FakeFleet& fleet) : fleet_(fleet) {}

  std::vector<std::string> list(std::string_view prefix) const override {
    std::vector<std::string> wallets;
    for (const auto& [name, wallet] : fleet_.files)
      if (name.starts_with(prefix)) wallets.push_back(name);
    return wallets;
  }

  coordinator::FolderResult<coordinator::FilesDigest> copy(const std::string& from,
                                                           const std::string& to,
                                                           coordinator::CopiedFiles) override {
    const auto copied = digest(from);
    if (copied) fleet_.files[to] = fleet_.files.at(from);
    return copied;
  }

  coordinator::FolderResult<coordinator::FilesDigest> digest(
      const std::string& wallet) const override {
    const auto file = fleet_.files.find(wallet);
    if (file == fleet_.files.end()) return coordinator::FolderError{"there is no " + wallet};
    std::string text = std::to_string(file->second.key) + '/' + std::to_string(file->second.round);
    if (half_written.contains(wallet)) text += " cut short";
    return coordinator::FilesDigest{std::move(text)};
  }

  void remove(const std::string& wallet) override { fleet_.files.erase(wallet); }

  std::set<std::string> half_written;

 private:
  FakeFleet& fleet_;
};

}  // namespace escrowstorm::test
