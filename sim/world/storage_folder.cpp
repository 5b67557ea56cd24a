#include "sim/world/storage_folder.hpp"

namespace escrowstorm::sim {

using coordinator::CopiedFiles;
using coordinator::FilesDigest;
using coordinator::FolderError;
using coordinator::FolderResult;
using mockrpc::WalletFile;

namespace {

FolderError no_keys(const std::string& wallet) {
  return FolderError{"there is no file " + mockrpc::file_name(wallet, WalletFile::keys)};
}

}  // namespace

std::vector<std::string> StorageFolder::list(std::string_view prefix) const {
  return storage_.list(prefix);
}

FolderResult<FilesDigest> StorageFolder::copy(const std::string& from, const std::string& to,
                                              CopiedFiles files) {
  const auto keys = storage_.read(from, WalletFile::keys);
  if (!keys) return no_keys(from);
  std::optional<std::string> cache;
  if (files == CopiedFiles::keys_and_cache) cache = storage_.read(from, WalletFile::cache);
  remove(to);
  if (cache)
    if (auto written = storage_.write(to, WalletFile::cache, *cache); !written)
      return FolderError{written.error().text};
  if (auto written = storage_.write(to, WalletFile::keys, *keys); !written)
    return FolderError{written.error().text};
  if (ledger_) ledger_->copied(clock_.now(), from, to);
  return coordinator::digest_of_files(*keys, cache.value_or(""));
}

FolderResult<FilesDigest> StorageFolder::digest(const std::string& wallet) const {
  const auto keys = storage_.read(wallet, WalletFile::keys);
  if (!keys) return no_keys(wallet);
  return coordinator::digest_of_files(*keys, storage_.read(wallet, WalletFile::cache).value_or(""));
}

void StorageFolder::remove(const std::string& wallet) {
  storage_.remove(wallet, WalletFile::keys);
  storage_.remove(wallet, WalletFile::cache);
}

}  // namespace escrowstorm::sim
