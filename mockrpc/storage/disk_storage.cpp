#include "mockrpc/storage/disk_storage.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
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

// Does not wait for the other end of a pipe.
File open_file(const std::string& path, int flags) {
  return File(::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK, S_IRUSR | S_IWUSR));
}

bool is_regular(const File& file) {
  struct stat opened {};
  return file.is_open() && ::fstat(file.descriptor(), &opened) == 0 && S_ISREG(opened.st_mode);
}

bool set_lock(const File& file, short type) {
  struct flock whole {};
  whole.l_type = type;
  whole.l_whence = SEEK_SET;
  return ::fcntl(file.descriptor(), F_OFD_SETLK, &whole) == 0;
}

std::optional<std::string> read_all(const File& file) {
  std::string bytes;
  char buffer[4096];
  for (;;) {
    const ssize_t got = ::read(file.descriptor(), buffer, sizeof buffer);
    if (got == 0) return bytes;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    bytes.append(buffer, static_cast<std::size_t>(got));
  }
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

bool write_file(const std::string& path, std::string_view bytes) {
  File file = open_file(path, O_WRONLY | O_CREAT | O_TRUNC);
  return file.is_open() && write_all(file, bytes) && file.close();
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

class DiskStorage::FileLock final : public WalletLock {
 public:
  FileLock(const DiskStorage& storage, File file) : storage_(storage), file_(std::move(file)) {}

  void release() override { set_lock(file_, F_UNLCK); }
  bool is_on(std::string_view wallet) const override {
    return is_wallet_name(wallet) &&
           is_same_file(file_, storage_.path_of(wallet, WalletFile::keys));
  }

 private:
  const DiskStorage& storage_;
  File file_;
};

std::optional<std::string> DiskStorage::read(std::string_view wallet, WalletFile file) const {
  if (!is_wallet_name(wallet)) return std::nullopt;
  const File opened = open_file(path_of(wallet, file), O_RDONLY);
  if (!is_regular(opened)) return std::nullopt;
  return read_all(opened);
}

Outcome<void> DiskStorage::write(std::string_view wallet, WalletFile file, std::string_view bytes) {
  if (!is_wallet_name(wallet)) return not_written(wallet, file);
  const std::string path = path_of(wallet, file);
  if (file == WalletFile::address)
    return write_file(path, bytes) ? Outcome<void>() : not_written(wallet, file);

  const std::string fresh = path + ".new";
  if (!write_file(fresh, bytes)) return not_written(wallet, file);
  if (::rename(fresh.c_str(), path.c_str()) == 0) return {};
  if (file == WalletFile::cache)
    return Refused{"failed to save file \"" + path + "\": " + reason()};
  ::unlink(fresh.c_str());
  return not_written(wallet, file);
}

void DiskStorage::keep_unportable(std::string_view wallet) {
  const std::string path = path_of(wallet, WalletFile::cache);
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return;
  std::filesystem::copy_file(path, path + ".unportable",
                             std::filesystem::copy_options::overwrite_existing, ignored);
}

bool DiskStorage::exists(std::string_view wallet, WalletFile file) const {
  if (wallet.find('\0') != wallet.npos) return false;
  return ::access(path_of(wallet, file).c_str(), F_OK) == 0;
}

void DiskStorage::remove(std::string_view wallet, WalletFile file) {
  if (is_wallet_name(wallet)) ::unlink(path_of(wallet, file).c_str());
}

void DiskStorage::overwrite(std::string_view wallet, WalletFile file, std::string_view bytes) {
  if (is_wallet_name(wallet) && exists(wallet, file)) write_file(path_of(wallet, file), bytes);
}

std::unique_ptr<WalletLock> DiskStorage::lock(std::string_view wallet) {
  if (!is_wallet_name(wallet)) return nullptr;
  const std::string path = path_of(wallet, WalletFile::keys);
  for (;;) {
    File opened = open_file(path, O_RDWR);
    if (!opened.is_open() || !set_lock(opened, F_WRLCK)) return nullptr;
    // Another writer may have put a new file in its place in between.
    if (is_same_file(opened, path)) return std::make_unique<FileLock>(*this, std::move(opened));
  }
}

}  // namespace escrowstorm::mockrpc
