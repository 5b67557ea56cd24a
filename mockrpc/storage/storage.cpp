#include "mockrpc/storage/storage.hpp"

namespace escrowstorm::mockrpc {

std::string file_name(std::string_view wallet, WalletFile file) {
  std::string name(wallet);
  if (file == WalletFile::keys) name += keys_file_suffix;
  if (file == WalletFile::address) name += ".address.txt";
  return name;
}

std::string Storage::path_of(std::string_view wallet, WalletFile file) const {
  return std::string(directory()) + "/" + file_name(wallet, file);
}

// Of the keys file the real one names the file, of the cache file the one it wrote first.
Refused Storage::not_written(std::string_view wallet, WalletFile file) const {
  return {"failed to save file \"" + path_of(wallet, file) +
          (file == WalletFile::cache ? ".new\"" : "\"")};
}

}  // namespace escrowstorm::mockrpc
