// What was written is there again, and files that are none of ours are left alone.
#include "coordinator/store/escrow_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/random.hpp"
#include "coordinator/store/sqlite.hpp"
#include "tests/coordinator/support/disk.hpp"
#include "tests/coordinator/support/print.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
namespace fs = std::filesystem;

EscrowRecord record_of(EscrowId id, Phase phase = Phase::make) {
  EscrowRecord record;
  record.id = id;
  record.attempt = 3;
  record.phase = phase;
  record.instances = {7, 0, 4'000'000'000};
  record.wallets = {"escrow_1_buyer", "it's; DROP TABLE escrows;--", std::string("nul\0nul", 7)};
  record.messages[0] = {"prepared", "made", "", ""};
  record.messages[2][3] = "exchanged \xC3\xA9";
  record.address = "4Address";
  record.failure = "vendor: \"quoted\" 'clause'";
  return record;
}

// As the first release of this program made its files.
constexpr const char* schema_of_version_1 = R"(
CREATE TABLE escrows (
  id INTEGER PRIMARY KEY, phase TEXT NOT NULL,
  buyer_instance INTEGER NOT NULL, buyer_wallet TEXT NOT NULL,
  vendor_instance INTEGER NOT NULL, vendor_wallet TEXT NOT NULL,
  arbiter_instance INTEGER NOT NULL, arbiter_wallet TEXT NOT NULL,
  address TEXT NOT NULL, failure TEXT NOT NULL
) STRICT;
CREATE TABLE messages (
  escrow INTEGER NOT NULL REFERENCES escrows (id),
  role INTEGER NOT NULL, round INTEGER NOT NULL, message TEXT NOT NULL,
  PRIMARY KEY (escrow, role, round)
) WITHOUT ROWID, STRICT;
PRAGMA application_id = 1163084626;
PRAGMA user_version = 1;
)";

EscrowDatabase open_well(const fs::path& file) {
  auto opened = EscrowDatabase::open(file);
  EXPECT_TRUE(opened) << opened.error().message;
  return std::move(*opened);
}

std::string open_badly(const fs::path& file) {
  auto opened = EscrowDatabase::open(file);
  EXPECT_FALSE(opened) << file;
  return opened ? "" : opened.error().message;
}

std::vector<EscrowRecord> read_well(EscrowDatabase& database) {
  auto all = database.read_all();
  EXPECT_TRUE(all) << all.error().message;
  return *all;
}

void write_file(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

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
  EscrowDatabase database = *EscrowDatabase::open_in_memory();
  ASSERT_FALSE(database.write(std::vector{first, second}));
  EXPECT_THAT(read_well(database), ElementsAre(second));
}

// Each message is written once: of a second writing the trigger would know.
TEST(EscrowDatabase, WritesNoMessageTwice) {
  TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  EscrowDatabase database = open_well(file);
  EscrowRecord record = record_of(1, Phase::prepare);
  ASSERT_FALSE(database.write(std::vector{record, record}));
  ASSERT_TRUE(sqlite::Connection(file).run(
      "CREATE TRIGGER again BEFORE INSERT ON messages WHEN new.message <> 'new' "
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
  EscrowDatabase database = *EscrowDatabase::open_in_memory();
  EscrowDatabase another = *EscrowDatabase::open_in_memory();
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
  ASSERT_TRUE(sqlite::Connection(file).run("PRAGMA user_version = 5"));
  EXPECT_EQ(open_badly(file),
            file.string() + " is of version 5, this program knows up to 4: use a newer one");
}

TEST(EscrowDatabase, TakesAFileOfTheFirstVersion) {
  TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  {
    sqlite::Connection first(file);
    ASSERT_TRUE(first.run(schema_of_version_1));
    ASSERT_TRUE(
        first.run("INSERT INTO escrows VALUES (7, 'make', 4, 'b', 5, 'v', 6, 'a', '', '');"
                  "INSERT INTO messages VALUES (7, 1, 0, 'prepared')"));
  }
  EscrowRecord expected;
  expected.id = 7;
  expected.attempt = 1;
  expected.phase = Phase::make;
  expected.instances = {4, 5, 6};
  expected.wallets = {"b", "v", "a"};
  expected.messages[1][0] = "prepared";
  {
    EscrowDatabase database = open_well(file);
    EXPECT_THAT(read_well(database), ElementsAre(expected));
    expected.attempt = 2;
    expected.messages[1][0] = "prepared again";
    ASSERT_FALSE(database.write(std::vector{expected}));
  }
  EscrowDatabase again = open_well(file);
  EXPECT_THAT(read_well(again), ElementsAre(expected));
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
      "PRAGMA foreign_keys = OFF; DELETE FROM escrows",
  };
  for (const char* change : changes) {
    TemporaryFolder folder;
    const fs::path file = folder / "escrows.db";
    EscrowRecord record = record_of(1);
    record.messages = {};
    record.messages[0][0] = "prepared";
    {
      EscrowDatabase database = open_well(file);
      ASSERT_FALSE(database.write(std::vector{record}));
    }
    ASSERT_TRUE(sqlite::Connection(file).run(change));
    EscrowDatabase database = open_well(file);
    EXPECT_FALSE(database.read_all()) << change;
  }
}

// Bytes of a good file changed or cut off: an error or other content, never more than that.
TEST(EscrowDatabase, SurvivesDamagedFiles) {
  TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  {
    EscrowDatabase database = open_well(file);
    std::vector<EscrowRecord> batch;
    for (EscrowId id = 0; id < 20; ++id) batch.push_back(record_of(id));
    ASSERT_FALSE(database.write(batch));
  }
  const std::string good = read_file(file);
  RandomStream random(1);
  int refused = 0;
  for (int i = 0; i < 150; ++i) {
    std::string bytes = good;
    if (random.chance(1, 8)) bytes.resize(random.below(bytes.size()));
    for (std::uint64_t change = random.below(20); change > 0 && !bytes.empty(); --change) {
      // Half of them in the header and the first page, where the structure is.
      const std::size_t reach = random.chance(1, 2) ? 200 : bytes.size();
      bytes[random.below(std::min(reach, bytes.size()))] = static_cast<char>(random.below(256));
    }
    fs::remove(folder / "escrows.db-wal");
    fs::remove(folder / "escrows.db-shm");
    write_file(file, bytes);
    auto opened = EscrowDatabase::open(file);
    if (!opened) {
      ++refused;
      EXPECT_THAT(opened.error().message, HasSubstr(file.string()));
      continue;
    }
    const bool readable = opened->read_all().has_value();
    const bool writable = !opened->write(std::vector{record_of(99)});
    refused += !readable || !writable;
  }
  EXPECT_GT(refused, 50);
  EXPECT_LT(refused, 150);
}

}  // namespace
}  // namespace escrowstorm::test
