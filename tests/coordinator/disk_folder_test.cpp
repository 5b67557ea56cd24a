// The wallet folder on a disk: copies are whole or not there, and what is not whole is found.
#include "coordinator/files/disk_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "coordinator/files/strays.hpp"
#include "coordinator/setup/round_copies.hpp"
#include "tests/coordinator/support/disk.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class DiskFolderTest : public testing::Test {
 protected:
  void write(const char* name, const std::string& bytes) {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  std::string read(const char* name) {
    std::ifstream in(folder_ / name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }
  bool exists(const char* name) { return std::filesystem::exists(folder_ / name); }

  TemporaryFolder folder_;
  DiskFolder disk_{folder_.path()};
};

TEST_F(DiskFolderTest, CopiesBothFilesAndSaysTheirDigest) {
  write("w.keys", "the keys");
  write("w", "the cache");
  const auto copied = disk_.copy("w", "w-2", CopiedFiles::keys_and_cache);
  ASSERT_TRUE(copied) << copied.error().message;
  EXPECT_EQ(read("w-2.keys"), "the keys");
  EXPECT_EQ(read("w-2"), "the cache");
  EXPECT_EQ(*copied, disk_.digest("w-2").value());
  EXPECT_EQ(*copied, disk_.digest("w").value());
  EXPECT_THAT(disk_.list("w"), ElementsAre("w", "w-2"));
}

TEST_F(DiskFolderTest, CopiesTheKeysAlone) {
  write("w.keys", "the keys");
  write("w", "at odds with them");
  write("w-2", "of an earlier copy");
  ASSERT_TRUE(disk_.copy("w", "w-2", CopiedFiles::keys));
  EXPECT_EQ(read("w-2.keys"), "the keys");
  EXPECT_FALSE(exists("w-2")) << "nothing of before is left beside them";
}

TEST_F(DiskFolderTest, AWalletWithoutACacheFileHasOnlyKeys) {
  write("w.keys", "the keys");
  ASSERT_TRUE(disk_.copy("w", "w-2", CopiedFiles::keys_and_cache));
  EXPECT_FALSE(exists("w-2"));
}

TEST_F(DiskFolderTest, WhatIsNotThereIsNotCopied) {
  write("w", "a cache alone is no wallet");
  const auto copied = disk_.copy("w", "w-2", CopiedFiles::keys_and_cache);
  ASSERT_FALSE(copied);
  EXPECT_THAT(copied.error().message, HasSubstr("w.keys: No such file"));
  EXPECT_FALSE(disk_.digest("w"));
  EXPECT_THAT(disk_.list(""), IsEmpty());
  EXPECT_FALSE(exists("w-2"));
}

TEST_F(DiskFolderTest, ACopyThatDoesNotFitLeavesNothing) {
  write("w.keys", std::string(8000, 'k'));
  write("w", std::string(100, 'c'));
  {
    const FileSizeLimit limit(4096);
    const auto copied = disk_.copy("w", "w-2", CopiedFiles::keys_and_cache);
    ASSERT_FALSE(copied);
    EXPECT_THAT(copied.error().message, HasSubstr("cannot write"));
  }
  EXPECT_THAT(disk_.list(""), ElementsAre("w"));
  for (const char* name : {"w-2", "w-2.keys", "w-2.copying", "w-2.keys.copying"})
    EXPECT_FALSE(exists(name)) << name;
  EXPECT_TRUE(disk_.copy("w", "w-2", CopiedFiles::keys_and_cache)) << "and then it fits";
}

TEST_F(DiskFolderTest, AHalfWrittenOrChangedCopyHasAnotherDigest) {
  write("w.keys", "the keys");
  write("w", "the cache");
  const FilesDigest whole = disk_.copy("w", "w-2", CopiedFiles::keys_and_cache).value();
  const auto with = [&](const char* name, const std::string& bytes) {
    EXPECT_TRUE(disk_.copy("w", "w-2", CopiedFiles::keys_and_cache));
    EXPECT_EQ(disk_.digest("w-2").value(), whole);
    write(name, bytes);
    return disk_.digest("w-2").value();
  };
  EXPECT_NE(with("w-2.keys", "the k"), whole);
  EXPECT_NE(with("w-2", ""), whole);
  EXPECT_NE(with("w-2", "the cachE"), whole);
  write("w-2.keys", "the keysthe ");
  write("w-2", "cache");
  EXPECT_NE(disk_.digest("w-2").value(), whole) << "the same bytes, shared out otherwise";
}

TEST_F(DiskFolderTest, RemovesBothFiles) {
  write("w.keys", "the keys");
  write("w", "the cache");
  disk_.remove("w");
  disk_.remove("w");
  EXPECT_FALSE(exists("w.keys"));
  EXPECT_FALSE(exists("w"));
}

TEST_F(DiskFolderTest, AFolderThatIsNotThereIsEmpty) {
  EXPECT_THAT(DiskFolder(folder_ / "none").list(""), IsEmpty());
}

// What nothing remembers is removed; wallets that are no copies never are.
TEST_F(DiskFolderTest, StraysAreRemoved) {
  for (const char* name :
       {"escrow_1_buyer", "escrow_1_buyer-2", "escrow_1_buyer-3", "escrow_2_buyer",
        "escrow_2_buyer-make_input", "escrow_2_buyer-exchange_1_input", "other_1_buyer-2"})
    write((std::string(name) + ".keys").c_str(), "the keys");
  EscrowRecord moved;
  moved.id = 1;
  moved.phase = Phase::ready;
  moved.wallets = {"escrow_1_buyer-3", "escrow_1_vendor", "escrow_1_arbiter"};
  EscrowRecord under_way;
  under_way.id = 2;
  under_way.phase = Phase::exchange_1;
  under_way.wallets = {"escrow_2_buyer", "escrow_2_vendor", "escrow_2_arbiter"};
  remove_strays(disk_, "escrow", std::vector{moved, under_way});
  EXPECT_THAT(disk_.list(""), ElementsAre("escrow_1_buyer", "escrow_1_buyer-3", "escrow_2_buyer",
                                          "escrow_2_buyer-exchange_1_input", "other_1_buyer-2"));
}

}  // namespace
}  // namespace escrowstorm::test
