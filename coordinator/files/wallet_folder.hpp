// Seam: the wallet files of a fleet, where a coordinator can reach them. Without them an instance
// that hangs keeps its wallet for good: it has the file locked, and only a copy under another name
// can be opened elsewhere. A world may have none.
//
// A wallet has a keys file, NAME.keys, and a cache file, NAME. Copying never touches the files that
// are there: a wallet whose instance still has it open may be copied, and what that instance has
// not saved is not in the copy.
//
// Called on the world's executor; does its work and returns.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace escrowstorm::coordinator {

struct FolderError {
  std::string message;  // one clause
};

// Asking a failed result for its value is a bug of the caller.
[[noreturn]] void throw_exception_from_error(const FolderError& error,
                                             const boost::source_location& place);

template <class T>
using FolderResult = boost::system::result<T, FolderError>;

// Of the bytes of a wallet's two files.
struct FilesDigest {
  std::string hex;

  friend bool operator==(const FilesDigest&, const FilesDigest&) = default;
};

// The keys alone open a wallet too. Its label is lost then, and where its cache file was at odds
// with them, as after a kill, that is the only copy that opens.
enum class CopiedFiles : unsigned char { keys_and_cache, keys };

class WalletFolder {
 public:
  virtual ~WalletFolder() = default;

  // The wallets that have a keys file and whose names begin so, sorted.
  virtual std::vector<std::string> list(std::string_view prefix) const = 0;

  // `to` gets the files of `from`, whole or not at all, in the place of what it had. The result is
  // the digest of what was copied.
  virtual FolderResult<FilesDigest> copy(const std::string& from, const std::string& to,
                                         CopiedFiles files) = 0;

  // Of the files of a wallet that has a keys file. They have changed, or were never written to
  // their end, when it is another than copy() said.
  virtual FolderResult<FilesDigest> digest(const std::string& wallet) const = 0;

  // Nothing when they are not there.
  virtual void remove(const std::string& wallet) = 0;
};

FilesDigest digest_of_files(std::string_view keys, std::string_view cache);

}  // namespace escrowstorm::coordinator
