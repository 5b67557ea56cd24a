#include "sim/virtual/virtual_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>

#include "base/rethrow.hpp"
#include "sim/virtual/virtual_clock.hpp"

namespace escrowstorm::sim {
namespace {

using coordinator::EscrowRecord;
using coordinator::Phase;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

EscrowRecord record_of(EscrowId id, Phase phase = Phase::create) {
  EscrowRecord record;
  record.id = id;
  record.phase = phase;
  return record;
}

struct StoreRig {
  VirtualLoop loop{find_scheduler("fifo")->make(RandomStream(1), choices_without_end)};
  VirtualClock clock{loop};
  std::vector<EscrowId> heard;    // as durable
  std::vector<EscrowId> written;  // as those who committed know it
  coordinator::SeededEntropy keys{RandomStream(2)};
  VirtualStore memory{clock, loop.executor(), coordinator::DatabaseKey::draw(keys), RandomStream(1),
                      [this](const EscrowRecord& record) { heard.push_back(record.id); }};

  void commit(EscrowRecord record) {
    boost::asio::co_spawn(loop.executor(), committed(std::move(record)), rethrow);
  }
  Awaitable<void> committed(EscrowRecord record) {
    const EscrowId id = record.id;
    const auto error = co_await memory.store().commit(std::move(record));
    EXPECT_FALSE(error);
    written.push_back(id);
  }
  std::vector<EscrowId> ids() {
    std::vector<EscrowId> found;
    for (const EscrowRecord& record : memory.read()) found.push_back(record.id);
    return found;
  }
};

TEST(VirtualStore, ACommitTakesTimeAndIsThenDurable) {
  StoreRig rig;
  rig.commit(record_of(7, Phase::make));
  rig.loop.run();
  EXPECT_GT(rig.loop.now(), TimePoint());
  EXPECT_THAT(rig.written, ElementsAre(7));
  EXPECT_THAT(rig.heard, ElementsAre(7));
  EXPECT_THAT(rig.memory.read(), ElementsAre(record_of(7, Phase::make)));
}

TEST(VirtualStore, WhatComesDuringAFlushIsWrittenTogether) {
  StoreRig rig;
  for (EscrowId id = 0; id < 100; ++id) rig.commit(record_of(id));
  rig.loop.run();
  EXPECT_EQ(rig.written.size(), 100u);
  EXPECT_LE(rig.loop.now(), TimePoint(2 * 2ms)) << "two flushes, not a hundred";
}

TEST(VirtualStore, ACrashLosesWhatIsNotDurable) {
  StoreRig rig;
  rig.commit(record_of(1));
  rig.loop.run();
  rig.commit(record_of(2));
  rig.loop.run(2);  // has begun to be written
  rig.commit(record_of(3));
  rig.loop.run(2);
  rig.memory.crash();
  rig.loop.run();
  EXPECT_THAT(rig.written, ElementsAre(1));
  EXPECT_THAT(rig.heard, ElementsAre(1));
  EXPECT_THAT(rig.ids(), ElementsAre(1));

  rig.commit(record_of(4));
  rig.loop.run();
  EXPECT_THAT(rig.written, ElementsAre(1, 4));
  EXPECT_THAT(rig.ids(), ElementsAre(1, 4));
}

}  // namespace
}  // namespace escrowstorm::sim
