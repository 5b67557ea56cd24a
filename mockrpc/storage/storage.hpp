// Where the mock's wallets live between two calls: for each wallet a keys file and a cache file, as
// bytes, and a lock on the keys file. Instances of one fleet share one storage; it outlives them.
// Called on the world's executor.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace escrowstorm::mockrpc {

// Held while a wallet is open. Destroying it unlocks, as the end of the process does.
class WalletLock {
 public:
  virtual ~WalletLock() = default;
};

// The two files of a wallet: NAME.keys and NAME.
enum class WalletFile : unsigned char { keys, cache };

inline constexpr std::string_view keys_file_suffix = ".keys";

// The real one writes NAME.keys.new first, which must fit into the 255 bytes of a file name.
inline constexpr std::size_t wallet_name_size_max = 246;

// Whether files may be called so. A storage has no wallets of other names and writes none.
constexpr bool is_wallet_name(std::string_view name) {
  constexpr std::string_view separators("/\0", 2);
  return !name.empty() && name.size() <= wallet_name_size_max && name != "." && name != ".." &&
         name.find_first_of(separators) == name.npos;
}

class Storage {
 public:
  virtual ~Storage() = default;

  // As error texts show it, without a slash at the end.
  virtual std::string_view directory() const = 0;

  // Nothing when the file is not there or can't be read.
  virtual std::optional<std::string> read(std::string_view wallet, WalletFile file) const = 0;

  // Whole or not at all: never a torn file. False when it could not be written (disk full). A new
  // keys file is unlocked: a lock taken before holds the file that it replaced.
  virtual bool write(std::string_view wallet, WalletFile file, std::string_view bytes) = 0;

  virtual bool exists(std::string_view wallet, WalletFile file) const = 0;

  // Nothing when another instance or process holds it. REQUIRES: the keys file exists.
  virtual std::unique_ptr<WalletLock> lock(std::string_view wallet) = 0;
};

}  // namespace escrowstorm::mockrpc
