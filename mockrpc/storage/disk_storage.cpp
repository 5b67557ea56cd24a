#include "mockrpc/storage/disk_storage.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

namespace escrowstorm::mockrpc {
namespace {

std::string reason() { return std::generic_category().message(errno); }

// Closed with its owner.
class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~File() { close(); }

  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

  // False when what was written turns out not to fit.
  bool close() { return descriptor_ < 0 || ::close(std::exchange(descriptor_, -1)) == 0; }

 private:
  int descriptor_;
};

class FileLock final : public WalletLock {
 public:
  explicit FileLock(File file) : file_(std::move(file)) {}

 private:
  File file_;
};

File open_file(const std::string& path, int flags) {
  return File(::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR));
}

bool write_all(const File& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.descriptor(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool is_same_file(const File& file, const std::string& path) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(file.descriptor(), &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

}  // namespace

std::variant<std::unique_ptr<DiskStorage>, std::string> DiskStorage::open(std::string directory) {
  while (directory.size() > 1 && directory.back() == '/') directory.pop_back();
  if (directory.empty()) return std::string("the wallet directory has no name");
  if (::mkdir(directory.c_str(), S_IRWXU) != 0 && errno != EEXIST)
    return "can't make the wallet directory " + directory + ": " + reason();
  if (::access((directory + "/.").c_str(), R_OK | W_OK | X_OK) != 0)
    return "can't use the wallet directory " + directory + ": " + reason();
  return std::unique_ptr<DiskStorage>(new DiskStorage(std::move(directory)));
}

std::string DiskStorage::path_of(std::string_view wallet, WalletFile file) const {
  std::string path = directory_ + "/" + std::string(wallet);
  if (file == WalletFile::keys) path += keys_file_suffix;
  return path;
}

std::optional<std::string> DiskStorage::read(std::string_view wallet, WalletFile file) const {
  if (!is_wallet_name(wallet)) return std::nullopt;
  const File opened = open_file(path_of(wallet, file), O_RDONLY);
  if (!opened.is_open()) return std::nullopt;
  std::string bytes;
  char buffer[4096];
  for (;;) {
    const ssize_t got = ::read(opened.descriptor(), buffer, sizeof buffer);
    if (got == 0) return bytes;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    bytes.append(buffer, static_cast<std::size_t>(got));
  }
}

bool DiskStorage::write(std::string_view wallet, WalletFile file, std::string_view bytes) {
  if (!is_wallet_name(wallet)) return false;
  std::string path;
  File fresh(-1);
  do {
    path = directory_ + "/.wallet-" + std::to_string(::getpid()) + "-" +
           std::to_string(++files_written_) + ".new";
    fresh = open_file(path, O_WRONLY | O_CREAT | O_EXCL);
  } while (!fresh.is_open() && errno == EEXIST);
  if (!fresh.is_open()) return false;

  const bool whole = write_all(fresh, bytes) && fresh.close();
  if (whole && ::rename(path.c_str(), path_of(wallet, file).c_str()) == 0) return true;
  ::unlink(path.c_str());
  return false;
}

bool DiskStorage::exists(std::string_view wallet, WalletFile file) const {
  if (wallet.find('\0') != wallet.npos) return false;
  return ::access(path_of(wallet, file).c_str(), F_OK) == 0;
}

std::unique_ptr<WalletLock> DiskStorage::lock(std::string_view wallet) {
  if (!is_wallet_name(wallet)) return nullptr;
  const std::string path = path_of(wallet, WalletFile::keys);
  for (;;) {
    File opened = open_file(path, O_RDWR);
    if (!opened.is_open() || ::flock(opened.descriptor(), LOCK_EX | LOCK_NB) != 0) return nullptr;
    // Another writer may have put a new file in its place in between.
    if (is_same_file(opened, path)) return std::make_unique<FileLock>(std::move(opened));
  }
}

}  // namespace escrowstorm::mockrpc
