// What was written is there again, and files that are none of ours are left alone.
#include "coordinator/store/escrow_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coordinator/store/sqlite.hpp"
#include "tests/coordinator/support/escrow_files.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
namespace fs = std::filesystem;

TEST(EscrowDatabase, GivesBackWhatWasWritten) {
  TemporaryFolder folder;
  const std::vector<EscrowRecord> batch = {record_of(3), record_of(0), record_of(~EscrowId{0})};
  {
    EscrowDatabase database = open_well(folder / "escrows.db");
    EXPECT_THAT(read_well(database), IsEmpty());
    EXPECT_FALSE(database.write(batch));
  }
  EscrowDatabase again = open_well(folder / "escrows.db");
  EXPECT_THAT(read_well(again), ElementsAre(batch[1], batch[0], batch[2]));
}

TEST(EscrowDatabase, KeepsWhereTheMoneyGoes) {
  TemporaryFolder folder;
  {
    EscrowDatabase database = open_well(folder / "escrows.db");
    ASSERT_FALSE(database.write(life_of(5)));
    EXPECT_THAT(read_well(database), ElementsAre(signed_record_of(5)));
  }
  EscrowDatabase again = open_well(folder / "escrows.db");
  EXPECT_THAT(read_well(again), ElementsAre(signed_record_of(5)));
  EscrowRecord closed = signed_record_of(5);
  closed.phase = Phase::closed;
  closed.payout.txset.clear();
  ASSERT_FALSE(again.write(std::vector{closed}));
  EXPECT_THAT(read_well(again), ElementsAre(closed));
}

TEST(EscrowDatabase, KeepsWhatCopiesAnEscrowCanGoBackTo) {
  TemporaryFolder folder;
  EscrowDatabase database = open_well(folder / "escrows.db");
  EscrowRecord record = record_of(1, Phase::make);
  record.copies = {"digest 1", "digest 2", "digest 3"};
  EXPECT_FALSE(database.write(std::vector{record}));
  EXPECT_THAT(read_well(database), ElementsAre(record));
  record.phase = Phase::exchange_1;
  record.copies[1] = "another";
  EXPECT_FALSE(database.write(std::vector{record}));
  EXPECT_THAT(read_well(database), ElementsAre(record));
}

TEST(EscrowDatabase, KeepsTheLastOfEachEscrow) {
  TemporaryFolder folder;
  EscrowDatabase database = open_well(folder / "escrows.db");
  EscrowRecord first = record_of(1, Phase::prepare);
  EscrowRecord second = record_of(1, Phase::make);
  second.messages[1][0] = "new";
  EscrowRecord third = record_of(1, Phase::failed);
  third.messages = second.messages;
  third.address = "";
  ASSERT_FALSE(database.write(std::vector{first, second}));
  EXPECT_THAT(read_well(database), ElementsAre(second));
  ASSERT_FALSE(database.write(std::vector{third}));
  EXPECT_THAT(read_well(database), ElementsAre(third));
}

// Also when the earlier messages were written before the file was opened, or in the same batch.
TEST(EscrowDatabase, DropsTheMessagesOfEarlierAttempts) {
  EscrowRecord first = record_of(1);
  EscrowRecord second = record_of(1);
  second.attempt = first.attempt + 1;
  second.passwords = {"", "another", "third"};
  second.messages = {};
  second.messages[0][0] = "prepared again";
  for (const bool reopened : {false, true}) {
    for (const bool read : {false, true}) {
      TemporaryFolder folder;
      auto database = std::make_unique<EscrowDatabase>(open_well(folder / "escrows.db"));
      ASSERT_FALSE(database->write(std::vector{first, record_of(2)}));
      if (reopened) database = std::make_unique<EscrowDatabase>(open_well(folder / "escrows.db"));
      if (read) read_well(*database);
      ASSERT_FALSE(database->write(std::vector{second}));
      EXPECT_THAT(read_well(*database), ElementsAre(second, record_of(2)));
    }
  }
  EscrowDatabase database = *EscrowDatabase::open_in_memory(a_key());
  ASSERT_FALSE(database.write(std::vector{first, second}));
  EXPECT_THAT(read_well(database), ElementsAre(second));
}

// Each message and password is written once: of a second writing the triggers would know.
TEST(EscrowDatabase, WritesNoSecretTwice) {
  TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  EscrowDatabase database = open_well(file);
  EscrowRecord record = record_of(1, Phase::prepare);
  ASSERT_FALSE(database.write(std::vector{record, record}));
  ASSERT_TRUE(sqlite::Connection(file).run(
      "CREATE TRIGGER again BEFORE INSERT ON messages WHEN new.role <> 1 "
      "BEGIN SELECT RAISE(ABORT, 'written again'); END;"
      "CREATE TRIGGER password_again BEFORE INSERT ON passwords "
      "BEGIN SELECT RAISE(ABORT, 'written again'); END"));
  record.messages[1][0] = "new";
  ASSERT_FALSE(database.write(std::vector{record}));
  ASSERT_FALSE(database.write(std::vector{record}));
  EXPECT_THAT(read_well(database), ElementsAre(record));

  EscrowDatabase other = open_well(file);  // knows what it has read
  read_well(other);
  ASSERT_FALSE(other.write(std::vector{record}));
  EXPECT_THAT(read_well(other), ElementsAre(record));
}

// What a transaction wrote that then failed counts as not written.
TEST(EscrowDatabase, WritesMessagesAgainThatWereRolledBack) {
  TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  EscrowDatabase database = open_well(file);
  sqlite::Connection other(file);
  ASSERT_TRUE(
      other.run("CREATE TRIGGER unlucky BEFORE INSERT ON escrows WHEN new.id = 13 "
                "BEGIN SELECT RAISE(ABORT, 'not that one'); END"));
  ASSERT_TRUE(database.write(std::vector{record_of(12), record_of(13)}));
  ASSERT_FALSE(database.write(std::vector{record_of(12)}));
  EXPECT_THAT(read_well(database), ElementsAre(record_of(12)));
}

TEST(EscrowDatabase, CanLiveInMemory) {
  EscrowDatabase database = *EscrowDatabase::open_in_memory(a_key());
  EscrowDatabase another = *EscrowDatabase::open_in_memory(a_key());
  ASSERT_FALSE(database.write(std::vector{record_of(2), record_of(1)}));
  EXPECT_THAT(read_well(database), ElementsAre(record_of(1), record_of(2)));
  EXPECT_THAT(read_well(another), IsEmpty());
}

TEST(EscrowDatabase, IsDurableWhenWriteReturns) {
  TemporaryFolder folder;
  EscrowDatabase database = open_well(folder / "escrows.db");
  ASSERT_FALSE(database.write(std::vector{record_of(1), record_of(2)}));
  // As the files are now, so would a crash leave them: nothing was closed.
  fs::create_directory(folder / "crashed");
  for (const char* name : {"escrows.db", "escrows.db-wal"})
    fs::copy_file(folder / name, folder / "crashed" / name);
  EscrowDatabase recovered = open_well(folder / "crashed" / "escrows.db");
  EXPECT_THAT(read_well(recovered), ElementsAre(record_of(1), record_of(2)));
}

TEST(EscrowDatabase, KeepsItsFilesToTheOwner) {
  TemporaryFolder folder;
  EscrowDatabase database = open_well(folder / "escrows.db");
  ASSERT_FALSE(database.write(std::vector{record_of(1)}));
  constexpr fs::perms owner = fs::perms::owner_read | fs::perms::owner_write;
  EXPECT_EQ(fs::status(folder / "escrows.db").permissions(), owner);
  EXPECT_EQ(fs::status(folder / "escrows.db-wal").permissions(), owner);
}

TEST(EscrowDatabase, WritesAllOfABatchOrNothing) {
  TemporaryFolder folder;
  EscrowDatabase database = open_well(folder / "escrows.db");
  ASSERT_FALSE(database.write(std::vector{record_of(1)}));
  std::vector<EscrowRecord> large;
  for (EscrowId id = 2; id < 20; ++id) {
    large.push_back(record_of(id));
    large.back().failure.assign(100'000, 'x');
  }
  {
    FileSizeLimit limit(300'000);
    const std::optional<StoreError> error = database.write(large);
    ASSERT_TRUE(error);
    EXPECT_THAT(error->message, testing::AnyOf("disk I/O error", "database or disk is full"));
  }
  EXPECT_THAT(read_well(database), ElementsAre(record_of(1)));
  // There is room again.
  EXPECT_FALSE(database.write(large));
  EXPECT_EQ(read_well(database).size(), 19u);
}

TEST(EscrowDatabase, GoesOnAfterABatchThatIsRefused) {
  TemporaryFolder folder;
  EscrowDatabase database = open_well(folder / "escrows.db");
  ASSERT_TRUE(sqlite::Connection(folder / "escrows.db")
                  .run("CREATE TRIGGER unlucky BEFORE INSERT ON escrows WHEN new.id = 13 "
                       "BEGIN SELECT RAISE(ABORT, 'not that one'); END"));
  const std::optional<StoreError> error =
      database.write(std::vector{record_of(12), record_of(13), record_of(14)});
  ASSERT_TRUE(error);
  EXPECT_EQ(error->message, "not that one");
  EXPECT_THAT(read_well(database), IsEmpty());
  EXPECT_FALSE(database.write(std::vector{record_of(12), record_of(14)}));
  EXPECT_THAT(read_well(database), ElementsAre(record_of(12), record_of(14)));
}

TEST(EscrowDatabase, TakesAnEmptyFileForANewOne) {
  TemporaryFolder folder;
  write_file(folder / "escrows.db", "");
  EscrowDatabase database = open_well(folder / "escrows.db");
  EXPECT_FALSE(database.write(std::vector{record_of(1)}));
}

TEST(EscrowDatabase, RefusesWhatIsNoDatabase) {
  TemporaryFolder folder;
  const fs::path file = folder / "notes.txt";
  const std::string text =
      "This is not a database, and it must not become one. " + std::string(5000, '.');
  write_file(file, text);
  EXPECT_EQ(open_badly(file),
            file.string() + " is not a database: name another file, or move this one away");
  EXPECT_EQ(read_file(file), text);
}

TEST(EscrowDatabase, RefusesTheDatabaseOfAnotherProgram) {
  TemporaryFolder folder;
  const fs::path file = folder / "other.db";
  ASSERT_TRUE(sqlite::Connection(file).run("CREATE TABLE songs (name TEXT)"));
  const std::string before = read_file(file);
  EXPECT_EQ(open_badly(file),
            file.string() + " is a database of another program: name another file");
  EXPECT_EQ(read_file(file), before);
}

TEST(EscrowDatabase, RefusesANewerVersion) {
  TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  open_well(file);
  ASSERT_TRUE(sqlite::Connection(file).run("PRAGMA user_version = 6"));
  EXPECT_EQ(open_badly(file),
            file.string() + " is of version 6, this program knows up to 5: use a newer one");
}

TEST(EscrowDatabase, SaysWhyItCannotBeOpened) {
  TemporaryFolder folder;
  EXPECT_EQ(open_badly(folder / "missing" / "escrows.db"),
            "cannot open " + (folder / "missing" / "escrows.db").string() +
                ": unable to open database file (is its folder there and writable?)");
  EXPECT_THAT(open_badly(folder.path()), HasSubstr("cannot open " + folder.path().string()));
  EXPECT_THAT(open_badly("/proc/escrows.db"), HasSubstr("cannot open /proc/escrows.db"));
}

TEST(EscrowDatabase, SaysThatTheDiskIsFullAlsoAtTheStart) {
  TemporaryFolder folder;
  FileSizeLimit limit(1000);
  EXPECT_THAT(open_badly(folder / "escrows.db"),
              HasSubstr("cannot open " + (folder / "escrows.db").string() + ": "));
}

TEST(EscrowDatabase, RefusesContentThatMakesNoSense) {
  const char* const changes[] = {
      "UPDATE escrows SET phase = 'dancing'",
      "UPDATE escrows SET attempt = 0",
      "UPDATE messages SET role = 3",
      "UPDATE messages SET round = -1",
      "UPDATE passwords SET role = role + 3",
      "UPDATE payouts SET decision = 'keep'",
      "UPDATE payouts SET escrow = 2",
      "UPDATE copies SET escrow = 2",
      "PRAGMA foreign_keys = OFF; DELETE FROM escrows",
  };
  for (const char* change : changes) {
    TemporaryFolder folder;
    const fs::path file = folder / "escrows.db";
    {
      EscrowDatabase database = open_well(file);
      ASSERT_FALSE(database.write(life_of(1)));
    }
    // So that it is one row that is changed.
    ASSERT_TRUE(sqlite::Connection(file).run("DELETE FROM messages WHERE role + round > 0"));
    ASSERT_TRUE(sqlite::Connection(file).run(change)) << change;
    EscrowDatabase database = open_well(file);
    EXPECT_FALSE(database.read_all()) << change;
  }
}

}  // namespace
}  // namespace escrowstorm::test
