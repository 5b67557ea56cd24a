#include "coordinator/files/disk_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

namespace escrowstorm::coordinator {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view keys_suffix = ".keys";
constexpr const char* unfinished_suffix = ".copying";

FolderError failed(std::string_view what, const fs::path& file) {
  const std::string why = std::generic_category().message(errno);
  return FolderError{std::string(what) + ' ' + file.string() + ": " + why};
}

std::optional<std::string> read_file(const fs::path& file) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad()) return std::nullopt;
  return bytes;
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// On the disk when it returns true.
bool write_durably(const fs::path& file, std::string_view bytes) {
  const int descriptor =
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return false;
  const bool written = write_all(descriptor, bytes) && ::fsync(descriptor) == 0;
  const int why = errno;
  const bool closed = ::close(descriptor) == 0;
  if (!written) errno = why;
  return written && closed;
}

std::optional<FolderError> put(const fs::path& file, std::string_view bytes) {
  fs::path unfinished = file;
  unfinished += unfinished_suffix;
  if (write_durably(unfinished, bytes) && ::rename(unfinished.c_str(), file.c_str()) == 0)
    return std::nullopt;
  FolderError error = failed("cannot write", file);
  ::unlink(unfinished.c_str());
  return error;
}

// Names that were given in it are on the disk, too.
void sync_directory(const fs::path& directory) {
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

fs::path keys_of(const fs::path& directory, const std::string& wallet) {
  return directory / (wallet + std::string(keys_suffix));
}

}  // namespace

std::vector<std::string> DiskFolder::list(std::string_view prefix) const {
  std::vector<std::string> wallets;
  std::error_code failed;
  for (fs::directory_iterator at(directory_, failed), end; !failed && at != end;
       at.increment(failed)) {
    std::string name = at->path().filename().string();
    if (!name.starts_with(prefix) || !name.ends_with(keys_suffix)) continue;
    name.resize(name.size() - keys_suffix.size());
    wallets.push_back(std::move(name));
  }
  std::sort(wallets.begin(), wallets.end());
  return wallets;
}

FolderResult<FilesDigest> DiskFolder::copy(const std::string& from, const std::string& to,
                                           CopiedFiles files) {
  const auto keys = read_file(keys_of(directory_, from));
  if (!keys) return failed("cannot read", keys_of(directory_, from));
  std::optional<std::string> cache;
  if (files == CopiedFiles::keys_and_cache) cache = read_file(directory_ / from);

  remove(to);
  if (cache)
    if (auto error = put(directory_ / to, *cache)) return std::move(*error);
  if (auto error = put(keys_of(directory_, to), *keys)) {
    remove(to);
    return std::move(*error);
  }
  sync_directory(directory_);
  return digest_of_files(*keys, cache.value_or(""));
}

FolderResult<FilesDigest> DiskFolder::digest(const std::string& wallet) const {
  const auto keys = read_file(keys_of(directory_, wallet));
  if (!keys) return failed("cannot read", keys_of(directory_, wallet));
  return digest_of_files(*keys, read_file(directory_ / wallet).value_or(""));
}

void DiskFolder::remove(const std::string& wallet) {
  ::unlink(keys_of(directory_, wallet).c_str());
  ::unlink((directory_ / wallet).c_str());
}

}  // namespace escrowstorm::coordinator
