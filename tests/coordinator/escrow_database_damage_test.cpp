// Files that were damaged are found out: either they are refused, or what they say is what was
// written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "base/random.hpp"
#include "coordinator/store/log_check.hpp"
#include "tests/coordinator/support/escrow_files.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using testing::AllOf;
using testing::AnyOf;
using testing::Contains;
using testing::HasSubstr;
namespace fs = std::filesystem;

constexpr EscrowId escrows = 20;

using Records = std::vector<EscrowRecord>;

// A database as it lies on the disk: the file, and its log where it was not closed.
struct Files {
  std::string database;
  std::string log;
};

class DamagedDatabase : public testing::Test {
 protected:
  DamagedDatabase() {
    EscrowDatabase database = open_well(file());
    states_.push_back(read_well(database));
    for (EscrowId id = 0; id < escrows; ++id) {
      for (const EscrowRecord& record : life_of(id)) {
        EXPECT_FALSE(database.write(std::vector{record}));
        states_.push_back(read_well(database));
      }
    }
    killed_ = on_the_disk();
    EXPECT_GT(killed_.log.size(), 100'000u);
  }

  fs::path file() const { return folder_ / "escrows.db"; }
  fs::path log() const { return folder_ / "escrows.db-wal"; }

  Files on_the_disk() const { return {read_file(file()), read_file(log())}; }

  void put(const Files& files) const {
    fs::remove(folder_ / "escrows.db-shm");
    fs::remove(log());
    write_file(file(), files.database);
    if (!files.log.empty()) write_file(log(), files.log);
  }

  // As after an orderly end: all is in the file.
  Files closed() const {
    put(killed_);
    { EscrowDatabase database = open_well(file()); }
    EXPECT_FALSE(fs::exists(log()));
    return {read_file(file()), ""};
  }

  // What is read of those files; nothing: they are refused, with a word about which.
  std::optional<Records> read(const Files& files) const {
    put(files);
    auto opened = EscrowDatabase::open(file(), a_key());
    if (!opened) {
      EXPECT_THAT(opened.error().message, HasSubstr(file().string()));
      return std::nullopt;
    }
    auto all = opened->read_all();
    return all ? std::optional<Records>(std::move(*all)) : std::nullopt;
  }

  TemporaryFolder folder_;
  std::vector<Records> states_;  // after each commit
  Files killed_;                 // after the last one, not closed
};

// Changes some bytes; half of the times in the header and first page, where the structure is.
void change_bytes(std::string& bytes, RandomStream& random) {
  for (std::uint64_t changes = 1 + random.below(3); changes > 0; --changes) {
    const std::size_t reach = random.chance(1, 2) ? 200 : bytes.size();
    char& byte = bytes[random.below(std::min(reach, bytes.size()))];
    byte = static_cast<char>(random.chance(1, 2) ? byte ^ 1 << random.below(8) : random.below(256));
  }
}

TEST_F(DamagedDatabase, IsRefusedOrSaysWhatWasWritten) {
  const Files good = closed();
  RandomStream random(1);
  int refused = 0;
  constexpr int times = 400;
  for (int i = 0; i < times; ++i) {
    Files bad = good;
    change_bytes(bad.database, random);
    const std::optional<Records> all = read(bad);
    refused += !all;
    EXPECT_EQ(all.value_or(states_.back()), states_.back()) << i;
  }
  EXPECT_GT(refused, times / 4);
  EXPECT_LT(refused, times);
}

TEST_F(DamagedDatabase, IsRefusedWhenItsEndIsMissing) {
  const Files good = closed();
  RandomStream random(2);
  for (int i = 0; i < 50; ++i) {
    Files bad = good;
    bad.database.resize(1 + random.below(bad.database.size() - 1));
    EXPECT_FALSE(read(bad)) << bad.database.size();
  }
}

TEST_F(DamagedDatabase, NamesTheFileAndTheRemedy) {
  Files bad = closed();
  bad.database.resize(bad.database.size() - 4096);
  put(bad);
  EXPECT_THAT(open_badly(file()),
              AllOf(HasSubstr(file().string() + " is damaged ("),
                    HasSubstr("): it is not used like this, put back a copy that is whole")));
}

// The last transaction of a log may always be one that was never finished.
TEST_F(DamagedDatabase, LosesNothingToADamagedLogButTheLastTransaction) {
  ASSERT_EQ(read(killed_), states_.back());
  RandomStream random(3);
  int refused = 0;
  constexpr int times = 400;
  for (int i = 0; i < times; ++i) {
    Files bad = killed_;
    change_bytes(bad.log, random);
    const std::optional<Records> all = read(bad);
    refused += !all;
    EXPECT_THAT(all.value_or(states_.back()), AnyOf(states_.back(), states_[states_.size() - 2]))
        << i;
  }
  EXPECT_GT(refused, times / 2);
}

// Of some pages the log has newer ones.
TEST_F(DamagedDatabase, IsRefusedOrSaysWhatWasWrittenWhereThereIsALogToo) {
  put(closed());
  Files good;
  Records written;
  {
    EscrowDatabase database = open_well(file());
    ASSERT_FALSE(database.write(life_of(escrows)));
    written = read_well(database);
    good = on_the_disk();
  }
  ASSERT_EQ(read(good), written);
  RandomStream random(4);
  int refused = 0;
  for (int i = 0; i < 200; ++i) {
    Files bad = good;
    change_bytes(bad.database, random);
    const std::optional<Records> all = read(bad);
    refused += !all;
    EXPECT_EQ(all.value_or(written), written) << i;
  }
  EXPECT_GT(refused, 5);
}

// What is cut off was written last: nobody may have been told that it was durable.
TEST_F(DamagedDatabase, GoesBackToACommitWhereItsLogIsCutOff) {
  RandomStream random(5);
  for (int i = 0; i < 50; ++i) {
    Files bad = killed_;
    bad.log.resize(random.below(bad.log.size()));
    const std::optional<Records> all = read(bad);
    EXPECT_THAT(states_, Contains(all.value_or(states_.back()))) << bad.log.size();
  }
}

TEST_F(DamagedDatabase, IsRefusedWhereOnlyTheLogIsLeft) {
  for (const bool is_there : {true, false}) {
    put({"", killed_.log});
    if (!is_there) fs::remove(file());
    EXPECT_EQ(open_badly(file()), file().string() + " is damaged (it is empty, and " +
                                      log().string() +
                                      " is not): it is not used like this, put back a copy that is "
                                      "whole");
    EXPECT_EQ(read_file(log()), killed_.log);
    EXPECT_EQ(fs::exists(file()), is_there);
  }
}

TEST_F(DamagedDatabase, IsRefusedWhenItsVersionCannotBe) {
  const Files good = closed();
  for (const char version : {0, 1, 2, 3, 4}) {
    Files bad = good;
    bad.database[63] = version;  // the last byte of PRAGMA user_version
    put(bad);
    EXPECT_THAT(open_badly(file()), HasSubstr("it can't be of version " + std::to_string(version)));
  }
}

class Log : public DamagedDatabase {
 protected:
  Log() { put(killed_); }
};

TEST_F(Log, OfAKilledProgramIsWhole) { EXPECT_EQ(damage_of_log(log()), std::nullopt); }

TEST_F(Log, ThatIsNotThereOrHasNoTransactionIsNone) {
  EXPECT_EQ(damage_of_log(folder_ / "none"), std::nullopt);
  for (const std::size_t size : {0, 1, 31, 32, 100}) {
    write_file(folder_ / "short", killed_.log.substr(0, size));
    EXPECT_EQ(damage_of_log(folder_ / "short"), std::nullopt) << size;
  }
}

TEST_F(Log, TellsItsHeaderFromItsMiddle) {
  Files bad = killed_;
  bad.log[17] ^= 1;
  put(bad);
  EXPECT_EQ(damage_of_log(log()), "its header does not fit");
  bad = killed_;
  bad.log[bad.log.size() / 2] ^= 1;
  put(bad);
  EXPECT_EQ(damage_of_log(log()), "a transaction in its middle does not fit");
}

// A machine that stops while a transaction is being written leaves any part of it, or rubbish.
TEST_F(Log, MayEndInATransactionThatWasNeverFinished) {
  EscrowDatabase database = open_well(file());
  ASSERT_FALSE(database.write(std::vector{record_of(99)}));
  const std::string with_last = read_file(log());
  const std::size_t before = killed_.log.size();
  ASSERT_GT(with_last.size(), before) << "SQLite has begun its log anew: take fewer escrows";
  RandomStream random(6);
  for (int i = 0; i < 50; ++i) {
    std::string torn = with_last;
    for (std::size_t at = before; at < torn.size(); at += 512)
      if (random.chance(1, 3)) torn.replace(at, 512, std::string(512, '\0'));
    torn.resize(with_last.size());
    write_file(folder_ / "torn", torn);
    EXPECT_EQ(damage_of_log(folder_ / "torn"), std::nullopt) << i;
  }
}

}  // namespace
}  // namespace escrowstorm::test
