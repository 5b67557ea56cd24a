// A coordinator asked again, and one that was started with what an earlier one left.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/coordinator/support/rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using std::chrono::milliseconds;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

constexpr std::size_t calls_of_one_escrow = 48;

// Steps until `phase` of that attempt is durable.
void run_until(Rig& rig, EscrowId id, Phase phase, std::uint32_t attempt = 1) {
  const EscrowRecord& record = rig.store.records[id];
  while (record.phase != phase || record.attempt != attempt || record.wallets[0].empty())
    ASSERT_TRUE(rig.clock.step(rig.loop)) << "never came to " << name_of(phase);
}

TEST(CoordinatorAskedAgain, DoesEverythingOnceForThoseWhoJoin) {
  Rig rig(9);
  rig.begin(1);
  rig.begin(1);
  run_until(rig, 1, Phase::make);
  rig.begin(1);
  rig.run();
  EXPECT_EQ(rig.answers, 3);
  EXPECT_TRUE(rig.outcomes.at(1).ready);
  EXPECT_EQ(rig.fleet.calls.size(), calls_of_one_escrow);
  EXPECT_EQ(rig.observer.count(EventKind::escrow, "started"), 1u);
}

TEST(CoordinatorAskedAgain, AnswersFromMemoryWhatHasEnded) {
  Rig rig(3);
  const SetupOutcome ready = rig.set_up(1);
  rig.store.on_commit = [](const EscrowRecord& record) {
    std::optional<std::string> error;
    if (record.phase == Phase::make) error = "disk full";
    return error;
  };
  const SetupOutcome failed = rig.set_up(2);
  ASSERT_TRUE(ready.ready);
  ASSERT_EQ(failed.failure, "commit before make: disk full");
  for (const bool restarted : {false, true}) {
    if (restarted) rig.restart();
    rig.run();  // drains
    rig.outcomes.clear();
    const std::size_t events = rig.observer.events.size();
    const std::size_t calls = rig.fleet.calls.size();
    const std::size_t commits = rig.store.log.size();
    EXPECT_EQ(rig.set_up(1), ready);
    EXPECT_EQ(rig.set_up(2), failed);
    EXPECT_EQ(rig.observer.events.size(), events);
    EXPECT_EQ(rig.fleet.calls.size(), calls);
    EXPECT_EQ(rig.store.log.size(), commits);
  }
}

TEST(CoordinatorRestart, AnotherAttemptHasOtherPasswords) {
  Rig rig(6);
  rig.begin(1);
  rig.begin(2);
  run_until(rig, 1, Phase::make);
  rig.restart();
  ASSERT_TRUE(rig.set_up(1).ready);
  ASSERT_TRUE(rig.set_up(2).ready);
  std::set<std::string> passwords;
  for (const EscrowRecord& record : rig.store.log)
    passwords.insert(record.passwords.begin(), record.passwords.end());
  EXPECT_EQ(passwords.size(), 2u * 2u * role_count);
  for (const std::string& password : passwords)
    EXPECT_THAT(password, testing::MatchesRegex("[0-9a-f]{40}"));
}

TEST(CoordinatorRestart, StartsOverUnderOtherNamesWithALeaseOfItsOwn) {
  for (Phase phase = Phase::create; phase < Phase::publish;
       phase = static_cast<Phase>(static_cast<int>(phase) + 1)) {
    SCOPED_TRACE(name_of(phase));
    Rig rig(3);
    rig.begin(1);
    run_until(rig, 1, phase);
    rig.restart();
    const std::size_t commits_before = rig.store.log.size();
    const SetupOutcome outcome = rig.set_up(1);
    EXPECT_TRUE(outcome.ready) << outcome.failure;
    EXPECT_EQ(rig.fleet.address_of("escrow_1_vendor_2"), outcome.address);

    const EscrowRecord& first = rig.store.log.at(commits_before);
    EXPECT_EQ(first.phase, Phase::create);
    EXPECT_THAT(first.messages, Each(Each("")));
    EXPECT_THAT(first.wallets,
                ElementsAre("escrow_1_buyer_2", "escrow_1_vendor_2", "escrow_1_arbiter_2"));
    for (std::size_t i = commits_before; i < rig.store.log.size(); ++i)
      EXPECT_EQ(rig.store.log[i].attempt, 2u);
  }
}

TEST(CoordinatorRestart, CountsEachAttempt) {
  Rig rig(3);
  for (std::uint32_t attempt = 1; attempt <= 4; ++attempt) {
    rig.begin(1);
    run_until(rig, 1, Phase::prepare, attempt);
    rig.restart();
  }
  EXPECT_TRUE(rig.set_up(1).ready);
  EXPECT_EQ(rig.store.records.at(1).wallets[0], "escrow_1_buyer_5");
}

// It never got as far as its first call: nothing is known of it, and nothing is there.
TEST(CoordinatorRestart, BeginsWhatWasNotCommitted) {
  Rig rig(3);
  rig.begin(1);
  while (rig.store.under_way == 0) ASSERT_TRUE(rig.clock.step(rig.loop));
  rig.restart(false);
  EXPECT_TRUE(rig.set_up(1).ready);
  EXPECT_EQ(rig.store.records.at(1).attempt, 1u);
}

TEST(CoordinatorRestart, TakesAPublishedEscrowForReady) {
  for (const Phase phase : {Phase::publish, Phase::close}) {
    Rig rig(3);
    rig.begin(1);
    run_until(rig, 1, phase);
    const EscrowRecord published = rig.store.records.at(1);
    ASSERT_NE(published.address, "");
    rig.restart();
    rig.run();  // drains
    const std::size_t commits = rig.store.log.size();
    const std::size_t calls = rig.fleet.calls.size();
    const SetupOutcome outcome = rig.set_up(1);
    EXPECT_TRUE(outcome.ready);
    EXPECT_EQ(outcome.address, published.address);
    EXPECT_EQ(rig.fleet.calls.size(), calls);
    ASSERT_EQ(rig.store.log.size(), commits + 1);
    EscrowRecord ready = published;
    ready.phase = Phase::ready;
    EXPECT_EQ(rig.store.log.back(), ready);
    EXPECT_EQ(rig.observer.count(EventKind::escrow, "ready"), 1u);
  }
}

// Published is published, whether or not it can be written down that the escrow is ready.
TEST(CoordinatorRestart, APublishedEscrowIsReadyAlsoWhenThatCannotBeCommitted) {
  Rig rig(3);
  rig.begin(1);
  run_until(rig, 1, Phase::close);
  rig.restart();
  rig.store.on_commit = [](const EscrowRecord&) { return std::optional<std::string>("disk full"); };
  const SetupOutcome outcome = rig.set_up(1);
  EXPECT_TRUE(outcome.ready);
  EXPECT_EQ(outcome.address, rig.store.records.at(1).address);
}

TEST(CoordinatorRestart, DoesNothingUnaskedButDrain) {
  Rig rig(6);
  for (EscrowId id = 1; id <= 3; ++id) rig.begin(id);
  run_until(rig, 1, Phase::close);
  rig.restart();
  rig.run();  // what was under way comes back
  EXPECT_EQ(rig.observer.count(EventKind::lease, "resumed"), 6u);
  const std::size_t events = rig.observer.events.size();
  const std::size_t calls = rig.fleet.calls.size();
  rig.run();
  EXPECT_EQ(rig.observer.events.size(), events);
  EXPECT_EQ(rig.fleet.calls.size(), calls);
  EXPECT_THAT(rig.outcomes, IsEmpty());
}

TEST(CoordinatorRestart, GoesBackToItsRoundWhereCopiesAreKept) {
  CoordinatorOptions options;
  options.persistence = Persistence::copy_per_round;
  for (const Phase phase : {Phase::make, Phase::exchange_1, Phase::exchange_2, Phase::check}) {
    SCOPED_TRACE(name_of(phase));
    Rig rig(3, options);
    rig.begin(1);
    run_until(rig, 1, phase);
    rig.restart();
    const SetupOutcome outcome = rig.set_up(1);
    EXPECT_TRUE(outcome.ready) << outcome.failure;
    EXPECT_EQ(rig.store.records.at(1).attempt, 1u);
    EXPECT_EQ(rig.store.records.at(1).wallets[0], "escrow_1_buyer-2");
    EXPECT_EQ(outcome.address, rig.fleet.address_of("escrow_1_buyer-2"));
    EXPECT_EQ(rig.observer.count(EventKind::escrow, "went_back"), 1u);
    for (const std::string& wallet : rig.folder.list(""))
      EXPECT_FALSE(wallet.ends_with("_input")) << wallet << " is left";
  }
}

TEST(CoordinatorRestart, ACopyThatIsHalfWrittenIsRefused) {
  CoordinatorOptions options;
  options.persistence = Persistence::copy_per_round;
  Rig rig(3, options);
  rig.begin(1);
  run_until(rig, 1, Phase::exchange_1);
  rig.folder.half_written = {"escrow_1_vendor-exchange_1_input"};
  rig.restart();
  const SetupOutcome outcome = rig.set_up(1);
  EXPECT_TRUE(outcome.ready) << outcome.failure;
  EXPECT_EQ(rig.observer.count(EventKind::escrow, "went_back"), 0u);
  const auto started_over = rig.observer.of(EventKind::escrow, "started_over");
  ASSERT_EQ(started_over.size(), 1u);
  EXPECT_EQ(
      started_over[0].message,
      "vendor: going back: the copy escrow_1_vendor-exchange_1_input is not what was written, "
      "or not whole");
  EXPECT_EQ(rig.store.records.at(1).attempt, 2u) << "from the beginning";
}

TEST(CoordinatorRestart, CopiesThatNothingRemembersAreRemoved) {
  Rig rig(3);
  ASSERT_TRUE(rig.set_up(1).ready);
  rig.fleet.files["escrow_1_buyer-2"] = rig.fleet.files.at("escrow_1_buyer");
  rig.restart();
  EXPECT_FALSE(rig.fleet.files.contains("escrow_1_buyer-2"));
  EXPECT_TRUE(rig.fleet.files.contains("escrow_1_buyer"));
}

// The history: what get_address shows after make_multisig is published, and stays published.
TEST(CoordinatorPublishAfterMake, PublishesThePlaceholder) {
  CoordinatorOptions options;
  options.publish_after = PublishAfter::make;
  for (const bool restarted : {false, true}) {
    Rig rig(3, options);
    rig.begin(1);
    run_until(rig, 1, Phase::exchange_1);
    if (restarted) rig.restart();
    const SetupOutcome outcome = rig.set_up(1);
    EXPECT_TRUE(outcome.ready) << outcome.failure;
    EXPECT_EQ(outcome.address, "41fJjQDhryD1111");
    EXPECT_EQ(rig.store.records.at(1).address, outcome.address);
    EXPECT_EQ(rig.fleet.files.at("escrow_1_buyer").round == 3, !restarted);
    EXPECT_EQ(rig.observer.count(EventKind::escrow, "publish"), 1u);
  }
}

}  // namespace
}  // namespace escrowstorm::test
