// The store in its thread: durable when the commit returns, written together, gone without a trace.
#include "coordinator/store/sqlite_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>

#include "base/executors.hpp"
#include "base/real_clock.hpp"
#include "coordinator/coordinator.hpp"
#include "coordinator/store/sqlite.hpp"
#include "tests/coordinator/support/disk.hpp"
#include "tests/coordinator/support/keys.hpp"
#include "tests/coordinator/support/rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using testing::HasSubstr;
namespace fs = std::filesystem;

EscrowRecord record_of(EscrowId id, std::string failure = "") {
  EscrowRecord record;
  record.id = id;
  record.phase = Phase::label;
  record.messages[1][1] = "message of " + std::to_string(id);
  record.failure = std::move(failure);
  return record;
}

void propagate(std::exception_ptr thrown) {
  if (thrown) std::rethrow_exception(thrown);
}

struct StoreRig {
  StoreRig() : store(std::make_unique<SqliteStore>(*EscrowDatabase::open(file, a_key()))) {}

  static Awaitable<void> commit_one(StoreRig& rig, EscrowRecord record) {
    const EscrowRecord committed = record;
    std::optional<std::string> error = co_await rig.store->commit(std::move(record));
    EXPECT_EQ(std::this_thread::get_id(), rig.thread);
    rig.ended.push_back(committed);
    if (error) rig.errors.push_back(*error);
  }

  static Awaitable<void> commit_many(StoreRig& rig, EscrowId id, int times) {
    for (int i = 0; i < times; ++i) {
      EscrowRecord record = record_of(id, std::to_string(i));
      co_await commit_one(rig, std::move(record));
    }
  }

  void spawn(Awaitable<void> coroutine) {
    boost::asio::co_spawn(loop, std::move(coroutine), propagate);
  }

  void run() {
    loop.restart();
    loop.run();
  }

  // What a crash would leave.
  std::vector<EscrowRecord> durable() {
    const fs::path copy = folder / "copy.db";
    fs::copy_file(file, copy, fs::copy_options::overwrite_existing);
    if (fs::exists(folder / "escrows.db-wal"))
      fs::copy_file(folder / "escrows.db-wal", folder / "copy.db-wal",
                    fs::copy_options::overwrite_existing);
    auto database = EscrowDatabase::open(copy, a_key());
    EXPECT_TRUE(database);
    return *database->read_all();
  }

  TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  const std::thread::id thread = std::this_thread::get_id();
  boost::asio::io_context loop{1};
  std::unique_ptr<SqliteStore> store;
  std::vector<EscrowRecord> ended;  // commits that came back
  std::vector<std::string> errors;
};

// Transactions in a write-ahead log: each ends with a frame that says the size of the database.
int transactions_in(const fs::path& log) {
  std::ifstream in(log, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  const auto number_at = [&bytes](std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
      number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    return number;
  };
  if (bytes.size() < 32) return 0;
  const std::size_t page = number_at(8);
  int transactions = 0;
  for (std::size_t frame = 32; frame + 24 + page <= bytes.size(); frame += 24 + page)
    transactions += number_at(frame + 4) != 0;
  return transactions;
}

TEST(SqliteStore, IsDurableWhenTheCommitReturns) {
  StoreRig rig;
  rig.spawn(StoreRig::commit_one(rig, record_of(1)));
  rig.spawn(StoreRig::commit_one(rig, record_of(2)));
  rig.run();
  EXPECT_EQ(rig.ended.size(), 2u);
  EXPECT_THAT(rig.errors, testing::IsEmpty());
  EXPECT_THAT(rig.durable(), testing::ElementsAre(record_of(1), record_of(2)));
}

TEST(SqliteStore, WritesWhatWaitsInOneTransaction) {
  StoreRig rig;
  const fs::path log = rig.folder / "escrows.db-wal";
  const int before = transactions_in(log);
  // Somebody else writes: the first batch has to wait, and meanwhile the others queue up.
  sqlite::Connection other(rig.file);
  ASSERT_TRUE(other.run("BEGIN IMMEDIATE"));
  for (EscrowId id = 1; id <= 1000; ++id) rig.spawn(StoreRig::commit_one(rig, record_of(id)));
  rig.loop.poll();
  EXPECT_TRUE(rig.ended.empty());
  ASSERT_TRUE(other.run("ROLLBACK"));
  rig.run();
  EXPECT_EQ(rig.ended.size(), 1000u);
  EXPECT_EQ(rig.durable().size(), 1000u);
  EXPECT_LE(transactions_in(log) - before, 2);
}

TEST(SqliteStore, KeepsTheOrderOfOneEscrowsCommits) {
  StoreRig rig;
  for (EscrowId id = 1; id <= 20; ++id) rig.spawn(StoreRig::commit_many(rig, id, 30));
  rig.run();
  EXPECT_EQ(rig.ended.size(), 600u);
  const std::vector<EscrowRecord> records = rig.durable();
  ASSERT_EQ(records.size(), 20u);
  for (const EscrowRecord& record : records) EXPECT_EQ(record.failure, "29");
}

TEST(SqliteStore, SaysThatTheDiskIsFullAndGoesOnWhenItIsNot) {
  StoreRig rig;
  {
    FileSizeLimit limit(100'000);
    rig.spawn(StoreRig::commit_one(rig, record_of(1, std::string(200'000, 'x'))));
    rig.run();
  }
  EXPECT_THAT(rig.errors,
              testing::ElementsAre(testing::AnyOf("disk I/O error", "database or disk is full")));
  rig.spawn(StoreRig::commit_one(rig, record_of(2)));
  rig.run();
  EXPECT_EQ(rig.errors.size(), 1u);
  EXPECT_THAT(rig.durable(), testing::ElementsAre(record_of(2)));
}

TEST(SqliteStore, GoesWithCommitsUnderWay) {
  for (int told = 0; told < 100; told += 10) {
    StoreRig rig;
    for (EscrowId id = 1; id <= 10; ++id) rig.spawn(StoreRig::commit_many(rig, id, 30));
    while (rig.ended.size() < static_cast<std::size_t>(told)) rig.loop.run_one();
    rig.store.reset();
    // What was told to be durable is; the rest was dropped or is there, and nothing is torn.
    std::map<EscrowId, int> durable;
    for (const EscrowRecord& record : rig.durable()) durable[record.id] = std::stoi(record.failure);
    for (const EscrowRecord& record : rig.ended) {
      ASSERT_TRUE(durable.contains(record.id));
      EXPECT_GE(durable[record.id], std::stoi(record.failure));
    }
  }
}

// The whole coordinator over it, in real time, as the real worlds have it.
TEST(SqliteStore, RemembersAStorm) {
  TemporaryFolder folder;
  const fs::path file = folder / "escrows.db";
  boost::asio::io_context loop(1);
  RealClock clock(loop.get_executor());
  RecordingObserver observer;
  SingleExecutor executors(loop.get_executor());
  FakeFleet fleet(9, clock);
  std::map<EscrowId, SetupOutcome> outcomes;
  {
    SqliteStore store(*EscrowDatabase::open(file, a_key()));
    CoordinatorOptions options;
    options.life.sessions.policy = SessionPolicy::open_per_step;  // nothing to wait for afterwards
    SystemEntropy entropy;
    Coordinator coordinator(fleet, clock, executors, observer, store, entropy, options);
    struct Storm {
      static Awaitable<void> one(Coordinator& coordinator, EscrowId id,
                                 std::map<EscrowId, SetupOutcome>& outcomes) {
        SetupOutcome outcome = co_await coordinator.set_up(id);
        outcomes[id] = std::move(outcome);
      }
    };
    for (EscrowId id = 1; id <= 12; ++id)
      boost::asio::co_spawn(loop, Storm::one(coordinator, id, outcomes), propagate);
    loop.run();
  }
  ASSERT_EQ(outcomes.size(), 12u);
  auto records = EscrowDatabase::open(file, a_key())->read_all();
  ASSERT_EQ(records->size(), 12u);
  for (const EscrowRecord& record : *records) {
    EXPECT_EQ(record.phase, Phase::ready);
    EXPECT_EQ(record.address, outcomes[record.id].address);
    EXPECT_THAT(record.messages[2][2], HasSubstr(":"));
  }
}

}  // namespace
}  // namespace escrowstorm::test
