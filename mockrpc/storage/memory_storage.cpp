#include "mockrpc/storage/memory_storage.hpp"

#include <algorithm>
#include <utility>

namespace escrowstorm::mockrpc {
namespace {

// What a path to a wallet of this name leads to: the directory itself, or the one above it.
bool names_directory(std::string_view wallet) {
  return wallet.empty() || wallet == "." || wallet == "..";
}

}  // namespace

class MemoryStorage::Held final : public WalletLock {
 public:
  Held(const MemoryStorage& storage, std::shared_ptr<Inode> inode)
      : storage_(storage), inode_(std::move(inode)) {
    inode_->locked = true;
  }
  ~Held() override { release(); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

  void release() override {
    if (std::exchange(held_, false)) inode_->locked = false;
  }
  bool is_on(std::string_view wallet) const override {
    const auto found = storage_.find(wallet, WalletFile::keys);
    return found != storage_.files_.end() && found->second == inode_;
  }

 private:
  const MemoryStorage& storage_;
  std::shared_ptr<Inode> inode_;
  bool held_ = true;
};

MemoryStorage::MemoryStorage(std::string directory) : directory_(std::move(directory)) {}

MemoryStorage::Files::const_iterator MemoryStorage::find(std::string_view wallet,
                                                         WalletFile file) const {
  // The cache file has the wallet's own name.
  return file == WalletFile::cache ? files_.find(wallet) : files_.find(file_name(wallet, file));
}

std::optional<std::string> MemoryStorage::read(std::string_view wallet, WalletFile file) const {
  const auto found = find(wallet, file);
  if (found == files_.end()) return std::nullopt;
  return found->second->bytes;
}

Outcome<void> MemoryStorage::write(std::string_view wallet, WalletFile file,
                                   std::string_view bytes) {
  std::string name = file_name(wallet, file);
  constexpr std::string_view first_called(".new");
  if (!is_wallet_name(wallet) || name.size() + first_called.size() > file_name_size_max)
    return not_written(wallet, file);
  auto inode = std::make_shared<Inode>();
  inode->bytes = bytes;
  files_.insert_or_assign(std::move(name), std::move(inode));
  return {};
}

void MemoryStorage::keep_unportable(std::string_view wallet) {
  const auto found = find(wallet, WalletFile::cache);
  if (found == files_.end()) return;
  std::string copy_name = found->first + ".unportable";
  auto copy = std::make_shared<Inode>();
  copy->bytes = found->second->bytes;
  files_.insert_or_assign(std::move(copy_name), std::move(copy));
}

bool MemoryStorage::exists(std::string_view wallet, WalletFile file) const {
  if (file == WalletFile::cache && names_directory(wallet)) return true;
  return find(wallet, file) != files_.end();
}

std::unique_ptr<WalletLock> MemoryStorage::lock(std::string_view wallet) {
  const auto found = find(wallet, WalletFile::keys);
  if (found == files_.end() || found->second->locked) return nullptr;
  return std::make_unique<Held>(*this, found->second);
}

std::vector<std::string> MemoryStorage::list(std::string_view prefix) const {
  std::vector<std::string> wallets;
  for (const auto& [name, inode] : files_)
    if (name.starts_with(prefix) && name.ends_with(keys_file_suffix))
      wallets.push_back(name.substr(0, name.size() - keys_file_suffix.size()));
  std::sort(wallets.begin(), wallets.end());
  return wallets;
}

void MemoryStorage::remove(std::string_view wallet, WalletFile file) {
  files_.erase(file_name(wallet, file));
}

void MemoryStorage::overwrite(std::string_view wallet, WalletFile file, std::string_view bytes) {
  const auto found = find(wallet, file);
  if (found != files_.end()) found->second->bytes = bytes;
}

}  // namespace escrowstorm::mockrpc
