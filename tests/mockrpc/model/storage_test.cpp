// Both storages behave alike.
#include <gtest/gtest.h>

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
  for (const std::string& name : {std::string(), std::string("."), std::string(".."),
                                  std::string("a\0b", 3), std::string("a/b")}) {
    EXPECT_FALSE(storage.write(name, keys, "")) << name;
    EXPECT_FALSE(storage.exists(name, keys)) << name;
    EXPECT_FALSE(storage.read(name, keys)) << name;
    EXPECT_FALSE(storage.lock(name)) << name;
  }
  // What is there is a directory.
  for (const std::string name : {"", ".", ".."}) EXPECT_TRUE(storage.exists(name, cache)) << name;
}

// NAME.keys.new and NAME.new come first.
TYPED_TEST(StorageOf, WritesNamesThatLeaveRoom) {
  Storage& storage = *this->place.storage;
  const std::string shortest(246, 'n');
  EXPECT_TRUE(storage.write(shortest, keys, "k"));
  EXPECT_TRUE(storage.write(shortest + "nnnnn", cache, "c"));
  EXPECT_FALSE(storage.write(shortest + "n", keys, ""));
  EXPECT_FALSE(storage.write(shortest + "nnnnnn", cache, ""));
  EXPECT_FALSE(storage.exists(shortest + "n", keys));
  EXPECT_EQ(storage.read(shortest + "nnnnn", cache), "c");
}

TYPED_TEST(StorageOf, SaysWhatItCouldNotWriteAsTheRealOneDoes) {
  Storage& storage = *this->place.storage;
  const std::string folder(storage.directory());
  const std::string name(252, 'n');
  const auto text = [&](WalletFile file) { return storage.write(name, file, "").error().text; };
  EXPECT_EQ(text(keys), "failed to save file \"" + folder + "/" + name + ".keys\"");
  EXPECT_EQ(text(cache), "failed to save file \"" + folder + "/" + name + ".new\"");
}

TYPED_TEST(StorageOf, KeepsAnAddressFileAndWhatMakesNoSense) {
  Storage& storage = *this->place.storage;
  storage.keep_unportable("a");
  EXPECT_FALSE(storage.exists("a.unportable", cache));
  storage.write("a", cache, "nonsense");
  storage.keep_unportable("a");
  EXPECT_EQ(storage.read("a.unportable", cache), "nonsense");
  storage.write("a", cache, "other");
  storage.keep_unportable("a");
  EXPECT_EQ(storage.read("a.unportable", cache), "other");
  EXPECT_FALSE(storage.exists("a", WalletFile::address));
  EXPECT_TRUE(storage.write("a", WalletFile::address, "longer"));
  EXPECT_TRUE(storage.write("a", WalletFile::address, "9..."));
  EXPECT_EQ(storage.read("a.address.txt", cache), "9...");
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

TYPED_TEST(StorageOf, RemembersWhichFileALockIsOn) {
  Storage& storage = *this->place.storage;
  storage.write("a", keys, "1");
  storage.write("b", keys, "1");
  const auto lock = storage.lock("a");
  EXPECT_TRUE(lock->is_on("a"));
  EXPECT_FALSE(lock->is_on("b"));
  EXPECT_FALSE(lock->is_on("missing"));
  lock->release();
  EXPECT_TRUE(lock->is_on("a"));
  const auto other = storage.lock("a");
  EXPECT_TRUE(other);
  lock->release();
  EXPECT_FALSE(storage.lock("a"));
  storage.write("a", keys, "2");
  EXPECT_FALSE(lock->is_on("a"));
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

}  // namespace
}  // namespace escrowstorm::mockrpc
