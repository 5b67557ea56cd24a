// Where the mock's wallets live between two calls: for each wallet a keys file and a cache file, as
// bytes, and a lock on the keys file. Instances of one fleet share one storage; it outlives them.
// Names, order of writes, what a failed write leaves behind and its texts are those of monero's
// wallet2. Called on the world's executor.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mockrpc/kex/outcome.hpp"

namespace escrowstorm::mockrpc {

// What a wallet holds on its keys file while it is open. Destroying it unlocks, as the end of the
// process does.
class WalletLock {
 public:
  virtual ~WalletLock() = default;

  // Unlocks, but remembers the file.
  virtual void release() = 0;
  // Whether its file, locked still or not, is the one that has this wallet's name now.
  virtual bool is_on(std::string_view wallet) const = 0;
};

// NAME.keys, NAME, and on the test networks NAME.address.txt for people to read.
enum class WalletFile : unsigned char { keys, cache, address };
constexpr std::string_view name_of(WalletFile file) {
  constexpr std::string_view names[] = {"keys", "cache", "address"};
  return names[static_cast<std::size_t>(file)];
}

inline constexpr std::string_view keys_file_suffix = ".keys";
inline constexpr std::size_t file_name_size_max = 255;

// Whether files may be called so. A storage has no wallets of other names and writes none.
constexpr bool is_wallet_name(std::string_view name) {
  constexpr std::string_view separators("/\0", 2);
  return !name.empty() && name != "." && name != ".." &&
         name.find_first_of(separators) == name.npos;
}

// The name of the file without its folder.
std::string file_name(std::string_view wallet, WalletFile file);

class Storage {
 public:
  virtual ~Storage() = default;

  // As error texts show it, without a slash at the end.
  virtual std::string_view directory() const = 0;

  // Nothing when the file is not there or can't be read.
  virtual std::optional<std::string> read(std::string_view wallet, WalletFile file) const = 0;

  // Keys and cache go to a file with ".new" at its end that then takes the name: whole or not at
  // all, never torn. A write that fails may leave that file behind. A new keys file is unlocked: a
  // lock taken before is on the file that it replaced.
  virtual Outcome<void> write(std::string_view wallet, WalletFile file, std::string_view bytes) = 0;

  // Leaves a copy of the cache file, called NAME.unportable: what the real one does to a cache file
  // that it can't make sense of.
  virtual void keep_unportable(std::string_view wallet) = 0;

  virtual bool exists(std::string_view wallet, WalletFile file) const = 0;

  // What people and bad disks do to a file behind the back of whoever has it open. Nothing happens
  // when it is not there. overwrite() leaves it the same file, with its lock.
  virtual void remove(std::string_view wallet, WalletFile file) = 0;
  virtual void overwrite(std::string_view wallet, WalletFile file, std::string_view bytes) = 0;

  // Nothing when another instance or process holds it. REQUIRES: the keys file exists.
  virtual std::unique_ptr<WalletLock> lock(std::string_view wallet) = 0;

 protected:
  std::string path_of(std::string_view wallet, WalletFile file) const;
  Refused not_written(std::string_view wallet, WalletFile file) const;
};

}  // namespace escrowstorm::mockrpc
