#include "sim/process/scratch_dir.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view name_prefix = "escrowstorm-run-";
// In every directory of ours: a name alone does not make a user's directory ours to remove.
constexpr const char* marker = ".escrowstorm-scratch";

fs::path parent_directory() {
  const char* given = std::getenv("TMPDIR");
  return given && *given ? fs::absolute(given) : fs::path("/tmp");
}

// Nothing when it is no directory of this user's, or gone.
UniqueFd open_own_directory(const fs::path& path) {
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat status {};
  if (!fd || ::fstat(fd.get(), &status) != 0 || status.st_uid != ::geteuid()) return UniqueFd();
  return fd;
}

void sweep(const fs::path& parent) {
  std::error_code unreadable;
  for (const auto& entry : fs::directory_iterator(parent, unreadable)) {
    if (!entry.path().filename().string().starts_with(name_prefix)) continue;
    const UniqueFd directory = open_own_directory(entry.path());
    if (!directory || ::faccessat(directory.get(), marker, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
      continue;
    if (::flock(directory.get(), LOCK_EX | LOCK_NB) != 0) continue;
    std::error_code ignored;  // what can't be removed is tried again by the next run
    fs::remove_all(entry.path(), ignored);
  }
}

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void mark(const UniqueFd& directory, const fs::path& path) {
  const UniqueFd file(::openat(directory.get(), marker, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  if (!file) fail("make a file in " + path.string());
}

// Locks a new directory; false when another run swept it between its making and its locking.
bool lock_new(const UniqueFd& directory, const fs::path& path) {
  while (::flock(directory.get(), LOCK_EX) != 0) {
    if (errno != EINTR) fail("lock " + path.string());
  }
  struct stat status {};
  return ::fstat(directory.get(), &status) == 0 && status.st_nlink > 0;
}

}  // namespace

ScratchDir::ScratchDir() {
  const fs::path parent = parent_directory();
  sweep(parent);
  for (;;) {
    std::string path = (parent / (std::string(name_prefix) + "XXXXXX")).string();
    if (!::mkdtemp(path.data())) fail("make the directory " + path);  // mode 0700
    UniqueFd directory = open_own_directory(path);
    if (!directory && errno != ENOENT) fail("open " + path);
    if (!directory || !lock_new(directory, path)) continue;
    mark(directory, path);
    path_ = path;
    lock_ = std::move(directory);
    return;
  }
}

ScratchDir::~ScratchDir() {
  std::error_code ignored;  // the next run sweeps
  fs::remove_all(path_, ignored);
}

}  // namespace escrowstorm::sim
