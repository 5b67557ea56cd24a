// Both storages behave alike; the one on disk besides between processes and on a full disk.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <functional>

#include "mockrpc/storage/disk_storage.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "temp_dir.hpp"

namespace escrowstorm::mockrpc {
namespace {

std::unique_ptr<DiskStorage> disk_storage(const std::string& path) {
  return std::move(std::get<std::unique_ptr<DiskStorage>>(DiskStorage::open(path)));
}

struct InMemory {
  std::unique_ptr<Storage> storage = std::make_unique<MemoryStorage>();
};

struct OnDisk {
  test::TempDir directory;
  std::unique_ptr<Storage> storage = disk_storage(directory.path());
};

template <class Place>
class StorageOf : public testing::Test {
 protected:
  Place place;
};

using Places = testing::Types<InMemory, OnDisk>;
TYPED_TEST_SUITE(StorageOf, Places);

constexpr auto keys = WalletFile::keys;
constexpr auto cache = WalletFile::cache;

TYPED_TEST(StorageOf, KeepsTwoFilesForEachWallet) {
  Storage& storage = *this->place.storage;
  EXPECT_FALSE(storage.exists("a", keys));
  EXPECT_FALSE(storage.read("a", keys));
  EXPECT_TRUE(storage.write("a", keys, "keys of a"));
  EXPECT_TRUE(storage.exists("a", keys));
  EXPECT_FALSE(storage.exists("a", cache));
  const std::string bytes("cache\0of\xff a", 11);
  EXPECT_TRUE(storage.write("a", cache, bytes));
  EXPECT_TRUE(storage.write("b", keys, ""));
  EXPECT_EQ(storage.read("a", keys), "keys of a");
  EXPECT_EQ(storage.read("a", cache), bytes);
  EXPECT_EQ(storage.read("b", keys), "");
  EXPECT_TRUE(storage.write("a", keys, "shorter"));
  EXPECT_EQ(storage.read("a", keys), "shorter");
  EXPECT_TRUE(storage.write("a", cache, std::string(1 << 20, 'x')));
  EXPECT_EQ(storage.read("a", cache)->size(), 1u << 20);
}

TYPED_TEST(StorageOf, TakesTheNamesThatFilesTake) {
  Storage& storage = *this->place.storage;
  for (const std::string name : {"a b", "ü", "日本", "a.b", "..c", "\n", "-rf", "x.keys"}) {
    EXPECT_TRUE(storage.write(name, keys, name)) << name;
    EXPECT_EQ(storage.read(name, keys), name);
  }
  const std::string longest(wallet_name_size_max, 'n');
  EXPECT_TRUE(storage.write(longest, keys, ""));
  for (const std::string& name : {std::string(), std::string("."), std::string(".."), longest + "n",
                                  std::string("a\0b", 3), std::string("a/b")}) {
    EXPECT_FALSE(storage.write(name, keys, "")) << name;
    EXPECT_FALSE(storage.exists(name, keys)) << name;
    EXPECT_FALSE(storage.read(name, keys)) << name;
    EXPECT_FALSE(storage.lock(name)) << name;
  }
  // What is there is a directory.
  for (const std::string name : {"", ".", ".."}) EXPECT_TRUE(storage.exists(name, cache)) << name;
}

TYPED_TEST(StorageOf, LocksAWalletOnce) {
  Storage& storage = *this->place.storage;
  storage.write("a", keys, "");
  storage.write("b", keys, "");
  auto first = storage.lock("a");
  EXPECT_TRUE(first);
  EXPECT_FALSE(storage.lock("a"));
  EXPECT_TRUE(storage.lock("b"));
  EXPECT_FALSE(storage.lock("missing"));
  first.reset();
  EXPECT_TRUE(storage.lock("a"));
}

TYPED_TEST(StorageOf, LocksTheFileAndNotTheName) {
  Storage& storage = *this->place.storage;
  storage.write("a", keys, "1");
  const auto of_the_first = storage.lock("a");
  storage.write("a", cache, "the cache file has no lock");
  EXPECT_FALSE(storage.lock("a"));

  storage.write("a", keys, "2");
  auto of_the_second = storage.lock("a");
  EXPECT_TRUE(of_the_second);
  EXPECT_FALSE(storage.lock("a"));
  of_the_second.reset();
  EXPECT_TRUE(storage.lock("a"));
}

TEST(MemoryStorage, ForgetsRemovedFiles) {
  MemoryStorage storage("/here");
  EXPECT_EQ(storage.directory(), "/here");
  storage.write("a", keys, "");
  const auto lock = storage.lock("a");
  storage.remove("a", keys);
  EXPECT_FALSE(storage.exists("a", keys));
  storage.write("a", keys, "");
  EXPECT_TRUE(storage.lock("a"));
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
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 1);
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
