#include "mockrpc/storage/memory_storage.hpp"

#include <utility>

namespace escrowstorm::mockrpc {
namespace {

std::string file_name(std::string_view wallet, WalletFile file) {
  std::string name(wallet);
  if (file == WalletFile::keys) name += keys_file_suffix;
  return name;
}

// What a path to a wallet of this name leads to: the directory itself, or the one above it.
bool names_directory(std::string_view wallet) {
  return wallet.empty() || wallet == "." || wallet == "..";
}

}  // namespace

struct MemoryStorage::Held final : WalletLock {
  explicit Held(std::shared_ptr<Inode> held) : inode(std::move(held)) { inode->locked = true; }
  ~Held() override { inode->locked = false; }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

  std::shared_ptr<Inode> inode;
};

MemoryStorage::MemoryStorage(std::string directory) : directory_(std::move(directory)) {}

std::optional<std::string> MemoryStorage::read(std::string_view wallet, WalletFile file) const {
  const auto found = files_.find(file_name(wallet, file));
  if (found == files_.end()) return std::nullopt;
  return found->second->bytes;
}

bool MemoryStorage::write(std::string_view wallet, WalletFile file, std::string_view bytes) {
  if (!is_wallet_name(wallet)) return false;
  auto inode = std::make_shared<Inode>();
  inode->bytes = bytes;
  files_.insert_or_assign(file_name(wallet, file), std::move(inode));
  return true;
}

bool MemoryStorage::exists(std::string_view wallet, WalletFile file) const {
  if (file == WalletFile::cache && names_directory(wallet)) return true;
  return files_.contains(file_name(wallet, file));
}

std::unique_ptr<WalletLock> MemoryStorage::lock(std::string_view wallet) {
  const auto found = files_.find(file_name(wallet, WalletFile::keys));
  if (found == files_.end() || found->second->locked) return nullptr;
  return std::make_unique<Held>(found->second);
}

void MemoryStorage::remove(std::string_view wallet, WalletFile file) {
  files_.erase(file_name(wallet, file));
}

}  // namespace escrowstorm::mockrpc
