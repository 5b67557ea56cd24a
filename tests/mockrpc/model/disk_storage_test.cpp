// What only the storage on disk has: other processes, full disks, links and what is no file.
#include "mockrpc/storage/disk_storage.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <functional>
#include <variant>

#include "temp_dir.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr auto keys = WalletFile::keys;
constexpr auto cache = WalletFile::cache;

std::unique_ptr<DiskStorage> disk_storage(const std::string& path) {
  return std::move(std::get<std::unique_ptr<DiskStorage>>(DiskStorage::open(path)));
}

// Runs `child` in a process of its own and answers its exit status. No test framework there.
int in_child(const std::function<int()>& child) {
  const pid_t pid = ::fork();
  if (pid == 0) ::_exit(child());
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

TEST(DiskStorage, NamesItsDirectoryAndMakesIt) {
  const test::TempDir directory;
  const auto storage = disk_storage(directory.path() + "/new///");
  EXPECT_EQ(storage->directory(), directory.path() + "/new");
  struct stat made {};
  ASSERT_EQ(::stat((directory.path() + "/new").c_str(), &made), 0);
  EXPECT_EQ(made.st_mode & 0777, 0700u);

  const auto error_of = [](std::string path) {
    const auto opened = DiskStorage::open(std::move(path));
    const auto* error = std::get_if<std::string>(&opened);
    return error == nullptr ? "no error" : *error;
  };
  EXPECT_EQ(error_of(""), "the wallet directory has no name");
  EXPECT_EQ(error_of("/no/such/place"),
            "can't make the wallet directory /no/such/place: No such file or directory");
  std::ofstream(directory.path() + "/file") << "x";
  EXPECT_EQ(error_of(directory.path() + "/file"),
            "can't use the wallet directory " + directory.path() + "/file: Not a directory");
}

TEST(DiskStorage, WritesPrivateFilesAndLeavesNoOther) {
  const test::TempDir directory;
  const auto storage = disk_storage(directory.path());
  storage->write("a", keys, "1");
  storage->write("a", keys, "2");
  storage->write("a", cache, "3");
  const auto lock = storage->lock("a");
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(directory.path()))
    names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"a", "a.keys"}));
  for (const std::string& name : names) {
    struct stat file {};
    ASSERT_EQ(::stat((directory.path() + "/" + name).c_str(), &file), 0);
    EXPECT_EQ(file.st_mode & 0777, 0600u);
  }
}

TEST(DiskStorage, ExcludesOtherProcessesUntilItsEnd) {
  const test::TempDir directory;
  disk_storage(directory.path())->write("a", keys, "");

  // A child takes the lock, says so, and keeps it until it is told to go.
  int taken[2];
  int go[2];
  ASSERT_EQ(::pipe(taken), 0);
  ASSERT_EQ(::pipe(go), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto lock = disk_storage(directory.path())->lock("a");
    char byte = lock ? 'y' : 'n';
    if (::write(taken[1], &byte, 1) != 1 || ::read(go[0], &byte, 1) != 1) ::_exit(1);
    ::_exit(0);  // without letting go of the lock
  }
  char answer = 0;
  ASSERT_EQ(::read(taken[0], &answer, 1), 1);
  EXPECT_EQ(answer, 'y');
  const auto storage = disk_storage(directory.path());
  EXPECT_FALSE(storage->lock("a"));

  ASSERT_EQ(::write(go[1], "g", 1), 1);
  ::waitpid(child, nullptr, 0);
  auto lock = storage->lock("a");
  EXPECT_TRUE(lock);
  EXPECT_EQ(in_child([&] { return disk_storage(directory.path())->lock("a") ? 1 : 0; }), 0);
  for (const int end : {taken[0], taken[1], go[0], go[1]}) ::close(end);
}

// As a real wallet RPC, lsof or a script that asks with fcntl sees it.
TEST(DiskStorage, ItsLockIsOneOfFcntl) {
  const test::TempDir directory;
  const auto storage = disk_storage(directory.path());
  storage->write("a", keys, "");
  const auto is_locked = [&] {
    return in_child([&] {
             const int file = ::open((directory.path() + "/a.keys").c_str(), O_RDWR);
             struct flock whole {};
             whole.l_type = F_WRLCK;
             whole.l_whence = SEEK_SET;
             return ::fcntl(file, F_SETLK, &whole) == 0 ? 0 : 1;
           }) == 1;
  };
  EXPECT_FALSE(is_locked());
  const auto lock = storage->lock("a");
  EXPECT_TRUE(is_locked());
  EXPECT_FALSE(storage->lock("a"));
  EXPECT_TRUE(storage->read("a", keys));
  EXPECT_TRUE(is_locked()) << "looking at the file ended the lock";
  lock->release();
  EXPECT_FALSE(is_locked());
}

TEST(DiskStorage, KnowsAFileByItsOtherNames) {
  const test::TempDir directory;
  const auto storage = disk_storage(directory.path());
  storage->write("a", keys, "");
  std::filesystem::create_hard_link(directory.path() + "/a.keys", directory.path() + "/h.keys");
  std::filesystem::create_symlink("a.keys", directory.path() + "/s.keys");
  const auto lock = storage->lock("s");
  for (const std::string name : {"a", "h", "s"}) {
    EXPECT_TRUE(lock->is_on(name)) << name;
    EXPECT_FALSE(storage->lock(name)) << name;
  }
}

// A pipe has no end and may have no other side; nobody waits for either.
TEST(DiskStorage, ReadsAndWritesRegularFilesOnly) {
  const test::TempDir directory;
  const auto storage = disk_storage(directory.path());
  const auto in_folder = [&](const std::string& name) { return directory.path() + "/" + name; };
  ASSERT_EQ(::mkfifo(in_folder("pipe.keys").c_str(), 0600), 0);
  ASSERT_EQ(::mkfifo(in_folder("w.new").c_str(), 0600), 0);
  std::filesystem::create_symlink("/dev/zero", in_folder("device.keys"));
  std::filesystem::create_directory(in_folder("folder.keys"));
  std::filesystem::create_directory(in_folder("full"));
  for (const std::string name : {"pipe", "device", "folder"}) {
    EXPECT_TRUE(storage->exists(name, keys)) << name;
    EXPECT_FALSE(storage->read(name, keys)) << name;
  }
  EXPECT_FALSE(storage->lock("folder"));
  EXPECT_EQ(storage->write("w", cache, "x").error().text,
            "failed to save file \"" + in_folder("w.new") + "\"");
  EXPECT_EQ(storage->write("full", cache, "x").error().text,
            "failed to save file \"" + in_folder("full") + "\": Is a directory");
  EXPECT_EQ(storage->write("folder", keys, "x").error().text,
            "failed to save file \"" + in_folder("folder.keys") + "\"");
  EXPECT_TRUE(std::filesystem::exists(in_folder("full.new")));
  EXPECT_FALSE(std::filesystem::exists(in_folder("folder.keys.new")));
}

TEST(DiskStorage, SaysThatTheDiskIsFullAndKeepsWhatWasThere) {
  const test::TempDir directory;
  const auto storage = disk_storage(directory.path());
  storage->write("a", keys, "before");
  const int wrote = in_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit full{100, 100};
    if (::setrlimit(RLIMIT_FSIZE, &full) != 0) return 2;
    return storage->write("a", keys, std::string(1000, 'x')) ? 1 : 0;
  });
  EXPECT_EQ(wrote, 0);
  EXPECT_EQ(storage->read("a", keys), "before");
  // The real one leaves it too.
  EXPECT_EQ(std::filesystem::file_size(directory.path() + "/a.keys.new"), 100u);
}

TEST(DiskStorage, WritesNothingIntoAMissingDirectory) {
  const test::TempDir directory;
  const auto storage = disk_storage(directory.path() + "/gone");
  std::filesystem::remove(directory.path() + "/gone");
  EXPECT_FALSE(storage->write("a", keys, ""));
  EXPECT_FALSE(storage->read("a", keys));
  EXPECT_FALSE(storage->lock("a"));
}

}  // namespace
}  // namespace escrowstorm::mockrpc
