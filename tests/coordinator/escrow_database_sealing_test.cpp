// What is secret can't be read from the file, and nothing in it can be changed, without the key.
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
using testing::Not;
namespace fs = std::filesystem;

// Escrows 1 and 2 with all that there is of them, closed.
void write_two(const fs::path& file, const DatabaseKey& key = a_key()) {
  EscrowDatabase database = open_well(file, key);
  ASSERT_FALSE(database.write(life_of(1)));
  ASSERT_FALSE(database.write(life_of(2)));
}

std::string error_after(const std::string& change) {
  const TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  write_two(file);
  EXPECT_TRUE(sqlite::Connection(file).run(change.c_str())) << change;
  EscrowDatabase database = open_well(file);
  const auto all = database.read_all();
  return all ? "" : all.error().message;
}

TEST(SealedDatabase, HasNoSecretInItsFiles) {
  TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  {
    EscrowDatabase database = open_well(file);
    ASSERT_FALSE(database.write(life_of(1)));
    EXPECT_THAT(read_file(folder / "escrows.db-wal"), HasSubstr("4Address")) << "it is in there";
    for (const char* name : {"escrows.db", "escrows.db-wal"})
      EXPECT_THAT(read_file(folder / name), Not(HasSubstr("secret "))) << name;
  }
  EXPECT_THAT(read_file(file), HasSubstr("4Address"));
  EXPECT_THAT(read_file(file), Not(HasSubstr("secret ")));
}

TEST(SealedDatabase, RefusesAnotherKey) {
  TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  write_two(file);
  const std::string before = read_file(file);
  EXPECT_EQ(open_badly(file, key_of(std::string(64, '8'))),
            "the key in DB_ENCRYPTION_KEY does not open " + file.string() +
                ": set it to the key that the file was made with");
  EXPECT_THAT(open_badly(file, key_of("a phrase and not a key")), HasSubstr("does not open"));
  EXPECT_EQ(read_file(file), before);
}

TEST(SealedDatabase, RefusesToOpenWithoutAKey) {
  TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  write_two(file);
  EXPECT_EQ(open_badly(file, std::nullopt),
            file.string() + " is sealed: set DB_ENCRYPTION_KEY to the key it was made with");
  const fs::path fresh = folder / "new.db";
  EXPECT_EQ(open_badly(fresh, std::nullopt),
            fresh.string() +
                " is to keep secrets: set DB_ENCRYPTION_KEY to 64 hexadecimal digits (openssl rand "
                "-hex 32) or a pass phrase of 16 characters or more");
  EXPECT_FALSE(fs::exists(fresh));
}

TEST(SealedDatabase, OpensWithItsPhrase) {
  TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  write_two(file, key_of("correct horse battery"));
  EscrowDatabase again = open_well(file, key_of("correct horse battery"));
  EXPECT_THAT(read_well(again), ElementsAre(signed_record_of(1), signed_record_of(2)));
  EXPECT_THAT(open_badly(file, key_of("incorrect horse battery")), HasSubstr("does not open"));
  EXPECT_THAT(open_badly(file, a_key()), HasSubstr("does not open"));
}

TEST(SealedDatabase, RefusesASecretInThePlaceOfAnother) {
  const char* const remedy =
      " is not what was sealed there: the file was damaged or changed, put back a copy that is "
      "whole";
  const std::pair<const char*, const char*> changes[] = {
      {"UPDATE passwords SET password = (SELECT password FROM passwords WHERE escrow = 1 "
       "AND role = 1) WHERE escrow = 1 AND role = 0",
       "escrow 1, attempt 3, buyer: password"},
      {"UPDATE passwords SET password = (SELECT password FROM passwords WHERE escrow = 1 "
       "AND role = 2) WHERE escrow = 2 AND role = 2",
       "escrow 2, attempt 3, arbiter: password"},
      {"UPDATE messages SET message = (SELECT message FROM messages WHERE escrow = 1 "
       "AND role = 0 AND round = 0) WHERE escrow = 1 AND role = 0 AND round = 1",
       "escrow 1, attempt 3, buyer: message of make"},
      {"UPDATE messages SET message = (SELECT password FROM passwords WHERE escrow = 1 "
       "AND role = 0) WHERE escrow = 1 AND role = 0 AND round = 0",
       "escrow 1, attempt 3, buyer: message of prepare"},
      {"UPDATE payouts SET txset = (SELECT txset FROM payouts WHERE escrow = 1)",
       "escrow 2: txset"},
      {"UPDATE messages SET message = x'' WHERE escrow = 2 AND role = 2",
       "escrow 2, attempt 3, arbiter: message of exchange_2"},
      {"UPDATE passwords SET password = CAST('secret of the buyer' AS BLOB) WHERE escrow = 1",
       "escrow 1, attempt 3, buyer: password"},
  };
  for (const auto& [change, place] : changes)
    EXPECT_EQ(error_after(change), std::string(place) + remedy);
}

// What may be read and not be changed: else whoever writes to the file has the money.
TEST(SealedDatabase, RefusesARowThatWasChanged) {
  for (const char* change :
       {"phase = 'closed'", "buyer_wallet = 'another'", "arbiter_instance = 1",
        "address = '4Another'", "failure = 'none'", "attempt = 2", "mark = x''",
        "vendor_wallet = buyer_wallet, buyer_wallet = vendor_wallet"})
    EXPECT_THAT(error_after("UPDATE escrows SET " + std::string(change) + " WHERE id = 2"),
                HasSubstr("escrow 2: row of escrows is not what was sealed there"))
        << change;
  for (const char* change :
       {"price = 4", "vendor_address = '4Thief'", "decision = 'refund'", "decision = ''",
        "tx_hashes = ''", "paid = 5", "fee = 0", "mark = x'00'",
        "vendor_address = buyer_address, buyer_address = vendor_address"})
    EXPECT_THAT(error_after("UPDATE payouts SET " + std::string(change) + " WHERE escrow = 2"),
                HasSubstr("escrow 2: row of payouts is not what was sealed there"))
        << change;
  EXPECT_THAT(
      error_after("DELETE FROM escrows WHERE id = 1; DELETE FROM passwords WHERE escrow = 1;"
                  "DELETE FROM messages WHERE escrow = 1; DELETE FROM payouts WHERE escrow = 1;"
                  "DELETE FROM copies WHERE escrow = 1; UPDATE escrows SET id = 1"),
      HasSubstr("escrow 1: row of escrows"));
}

TEST(SealedDatabase, RefusesCopiesThatWereChanged) {
  EXPECT_THAT(error_after("UPDATE copies SET vendor = buyer WHERE escrow = 2"),
              HasSubstr("escrow 2: row of copies is not what was sealed there"));
}

TEST(SealedDatabase, RefusesSecretsOfAnEarlierAttempt) {
  TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  EscrowDatabase database = open_well(file);
  ASSERT_FALSE(database.write(std::vector{record_of(1)}));
  sqlite::Connection other(file);
  ASSERT_TRUE(other.run("CREATE TABLE kept AS SELECT * FROM passwords"));
  EscrowRecord next = record_of(1);
  next.attempt = 4;
  next.passwords = {"secret 1", "secret 2", "secret 3"};
  ASSERT_FALSE(database.write(std::vector{next}));
  EXPECT_THAT(read_well(database), ElementsAre(next));
  ASSERT_TRUE(other.run("DELETE FROM passwords; INSERT INTO passwords SELECT * FROM kept"));
  const auto all = database.read_all();
  ASSERT_FALSE(all);
  EXPECT_THAT(all.error().message, HasSubstr("escrow 1, attempt 4, buyer: password"));
}

TEST(SealedDatabase, SealsTheSameUnderTheSameKey) {
  TemporaryFolder folder;
  write_two(folder / "one.db");
  write_two(folder / "two.db");
  const auto sealed = [&](const char* name) {
    return *sqlite::Connection(folder / name)
                .ask_bytes("SELECT group_concat(hex(password)) FROM passwords");
  };
  EXPECT_EQ(sealed("one.db"), sealed("two.db"));
  EXPECT_THAT(sealed("one.db"), Not(IsEmpty()));
}

// As earlier versions of this program made their files.
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

constexpr const char* to_version_4 = R"(
CREATE TABLE copies (
  escrow INTEGER PRIMARY KEY REFERENCES escrows (id),
  buyer TEXT NOT NULL, vendor TEXT NOT NULL, arbiter TEXT NOT NULL
) STRICT;
INSERT INTO copies SELECT id, 'digest 1', 'digest 2', 'digest 3' FROM escrows;
PRAGMA user_version = 4;
)";

constexpr const char* to_version_3 = R"(
ALTER TABLE escrows ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1;
CREATE TABLE payouts (
  escrow INTEGER PRIMARY KEY REFERENCES escrows (id), price INTEGER NOT NULL,
  buyer_address TEXT NOT NULL, vendor_address TEXT NOT NULL, decision TEXT NOT NULL,
  txset TEXT NOT NULL, tx_hashes TEXT NOT NULL, paid INTEGER NOT NULL, fee INTEGER NOT NULL
) STRICT;
PRAGMA user_version = 3;
)";

TEST(EscrowDatabaseOfOld, TakesAFileOfTheFirstVersion) {
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
    expected.passwords[0] = "new";
    ASSERT_FALSE(database.write(std::vector{expected}));
  }
  EscrowDatabase again = open_well(file);
  EXPECT_THAT(read_well(again), ElementsAre(expected));
}

// A file of version 3 with an escrow in each of these phases, and something that was deleted.
std::vector<EscrowRecord> write_version_3(const fs::path& file,
                                          std::initializer_list<Phase> phases) {
  sqlite::Connection old(file);
  EXPECT_TRUE(old.run("PRAGMA journal_mode = wal; PRAGMA secure_delete = OFF"));
  EXPECT_TRUE(old.run(schema_of_version_1));
  EXPECT_TRUE(old.run(to_version_3));
  std::vector<EscrowRecord> records;
  for (const Phase phase : phases) {
    EscrowRecord record = signed_record_of(records.size() + 1);
    record.phase = phase;
    record.passwords = {};
    record.copies = {};
    record.wallets = {"b", "v", "a"};
    const std::string id = std::to_string(record.id);
    const std::string name(name_of(phase));
    EXPECT_TRUE(old.run(("INSERT INTO escrows VALUES (" + id + ", '" + name +
                         "', 7, 'b', 0, 'v', 4000000000, 'a', '4Address', '', 3);"
                         "INSERT INTO payouts VALUES (" +
                         id + ", 5, '4Buyer', '4Vendor', 'release', 'secret txset " + id +
                         "', 'hash1 hash2', 4, 1)")
                            .c_str()));
    sqlite::Statement put(old, "INSERT INTO messages VALUES (?1, ?2, ?3, ?4)");
    for (const Role role : all_roles) {
      for (std::size_t round = 0; round < message_rounds; ++round) {
        const std::string& message = record.messages[index_of(role)][round];
        if (message.empty()) continue;
        put.start().bind(1, static_cast<std::int64_t>(record.id));
        put.bind(2, static_cast<std::int64_t>(index_of(role)));
        put.bind(3, static_cast<std::int64_t>(round)).bind(4, message);
        EXPECT_TRUE(put.run());
      }
    }
    records.push_back(std::move(record));
  }
  EXPECT_TRUE(
      old.run("INSERT INTO messages VALUES (1, 1, 3, 'secret that was deleted');"
              "DELETE FROM messages WHERE message LIKE '%deleted'"));
  return records;
}

class EscrowDatabaseUpgrade : public testing::TestWithParam<int> {};

TEST_P(EscrowDatabaseUpgrade, SealsWhatWasInClear) {
  TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  std::vector<EscrowRecord> records = write_version_3(
      file,
      {Phase::create, Phase::make, Phase::ready, Phase::signed_, Phase::closed, Phase::failed});
  if (GetParam() == 4) {
    ASSERT_TRUE(sqlite::Connection(file).run(to_version_4));
    for (EscrowRecord& record : records) record.copies = {"digest 1", "digest 2", "digest 3"};
  }
  ASSERT_THAT(read_file(file), HasSubstr("secret txset"));
  ASSERT_THAT(read_file(file), HasSubstr("secret that was deleted"));
  EXPECT_THAT(open_badly(file, std::nullopt), HasSubstr("is to keep secrets"));
  {
    EscrowDatabase database = open_well(file);
    EXPECT_EQ(read_well(database), records);
    for (const char* name : {"escrows.db", "escrows.db-wal"})
      EXPECT_THAT(read_file(folder / name), Not(HasSubstr("secret "))) << name;
  }
  EXPECT_THAT(read_file(file), Not(HasSubstr("secret ")));
  EXPECT_THAT(open_badly(file, key_of(std::string(64, '8'))), HasSubstr("does not open"));
  EscrowDatabase again = open_well(file);
  EXPECT_EQ(read_well(again), records);
}

INSTANTIATE_TEST_SUITE_P(OfVersion, EscrowDatabaseUpgrade, testing::Values(3, 4));

TEST(EscrowDatabaseOfOld, LeavesWhatMakesNoSenseAsItIs) {
  TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  write_version_3(file, {Phase::make});
  ASSERT_TRUE(sqlite::Connection(file).run("UPDATE escrows SET phase = 'dancing'"));
  EXPECT_EQ(open_badly(file), file.string() +
                                  " is damaged (escrow in an unknown phase: dancing): it is not "
                                  "used like this, put back a copy that is whole");
  ASSERT_TRUE(sqlite::Connection(file).run("UPDATE escrows SET phase = 'make'"));
  EscrowDatabase database = open_well(file);
  EXPECT_EQ(read_well(database).size(), 1u);
}

}  // namespace
}  // namespace escrowstorm::test
