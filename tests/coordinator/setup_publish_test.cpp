// When the address is published, and what a machine does that begins after that.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/coordinator/support/machine_rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using testing::ElementsAre;

SetupPolicy after_make(bool verify_wallet = true) {
  return SetupPolicy{"escrow", verify_wallet, PublishAfter::make};
}

// What get_address shows at this moment.
walletrpc::Answer shows(std::string address) {
  return walletrpc::AnswerTo<walletrpc::GetAddress>{{std::move(address), {}}};
}

// To the end of make, where all wallets show the placeholder.
void go_past_make(MachineRig& rig) {
  rig.go_to(Phase::make);
  for (const Role role : all_roles) rig.answer_well(role);
  EXPECT_THAT(rig.methods_under_way(),
              ElementsAre("buyer get_address", "vendor get_address", "arbiter get_address"));
  for (const Role role : all_roles) rig.answer(role, shows("41fJjQDhryD1111"));
}

TEST(PublishAfterMake, CommitsWhatTheWalletsShowBeforeTheKeyExchange) {
  for (const bool verify_wallet : {true, false}) {
    MachineRig rig(after_make(verify_wallet));
    go_past_make(rig);
    ASSERT_TRUE(rig.commit_asked);
    EXPECT_EQ(rig.commit_asked->phase, Phase::publish);
    EXPECT_EQ(rig.commit_asked->address, "41fJjQDhryD1111");
    EXPECT_EQ(rig.published, "");
    rig.commit();
    EXPECT_EQ(rig.published, "41fJjQDhryD1111");
    EXPECT_EQ(rig.commit_asked->phase, Phase::exchange_1);

    rig.finish_well();
    EXPECT_TRUE(rig.outcome->ready);
    EXPECT_EQ(rig.outcome->address, "41fJjQDhryD1111");
    std::vector<Phase> after;
    for (const EscrowRecord& record : rig.committed) {
      if (!record.address.empty()) after.push_back(record.phase);
      EXPECT_TRUE(record.address.empty() || record.address == "41fJjQDhryD1111");
    }
    if (verify_wallet) {
      EXPECT_THAT(after, ElementsAre(Phase::publish, Phase::exchange_1, Phase::exchange_2,
                                     Phase::check, Phase::reopen, Phase::close, Phase::ready));
    } else {
      EXPECT_THAT(after, ElementsAre(Phase::publish, Phase::exchange_1, Phase::exchange_2,
                                     Phase::check, Phase::close, Phase::ready));
    }
  }
}

TEST(PublishAfterMake, StaysPublishedWhenTheSetUpThenFails) {
  MachineRig rig(after_make());
  go_past_make(rig);
  rig.commit();
  rig.finish_badly();
  EXPECT_FALSE(rig.outcome->ready);
  EXPECT_EQ(rig.outcome->address, "41fJjQDhryD1111");
  EXPECT_NE(rig.outcome->failure, "");
}

TEST(PublishAfterMake, PublishesNothingThatIsNotCommitted) {
  MachineRig rig(after_make());
  go_past_make(rig);
  rig.commit("disk full");
  EXPECT_EQ(rig.published, "");
  rig.finish_badly();
  EXPECT_EQ(rig.outcome->failure, "commit before publish: disk full");
  EXPECT_EQ(rig.outcome->address, "");
}

TEST(PublishAfterMake, FailsWhenNoAddressIsShown) {
  MachineRig rig(after_make());
  rig.go_to(Phase::make);
  rig.answer_well(Role::vendor);
  rig.answer(Role::vendor, shows(""));
  rig.finish_badly();
  EXPECT_EQ(rig.outcome->failure, "vendor: get_address (make) on instance 5: answered no address");
}

TEST(PersistenceNone, KeepsNoAddressUntilTheSetUpHasEnded) {
  SetupPolicy forgetful{"escrow", true};
  forgetful.persistence = Persistence::none;
  MachineRig rig(forgetful);
  rig.lease();
  rig.finish_well();
  EXPECT_EQ(rig.published, "4AddressOfTheEscrow");
  for (const EscrowRecord& record : rig.committed)
    EXPECT_EQ(record.address, record.phase == Phase::ready ? "4AddressOfTheEscrow" : "")
        << name_of(record.phase);
}

TEST(SetupMachineResumed, CommitsThatItIsReadyAndNothingElse) {
  EscrowRecord record;
  record.id = 7;
  record.attempt = 2;
  record.phase = Phase::close;
  record.wallets = {"b", "v", "a"};
  record.messages[0][0] = "kept";
  record.address = "4Address";
  SetupMachine machine(record);
  EXPECT_TRUE(machine.is_published());
  EXPECT_EQ(machine.escrow(), 7u);

  const std::vector<SetupAction> first = machine.on(Resumed());
  ASSERT_EQ(first.size(), 1u);
  EscrowRecord ready = record;
  ready.phase = Phase::ready;
  EXPECT_EQ(*std::get<Commit>(first[0]).record, ready);

  const std::vector<SetupAction> last = machine.on(Committed());
  ASSERT_EQ(last.size(), 1u);
  const SetupOutcome& outcome = std::get<Finish>(last[0]).outcome;
  EXPECT_TRUE(outcome.ready);
  EXPECT_EQ(outcome.address, "4Address");
}

TEST(SetupMachineAttempt, NamesItsWalletsAfterTheAttempt) {
  SetupMachine machine(7, 3, SetupPolicy{"storm", true}, {});
  Leased leased;
  leased.instances = {0, 1, 2};
  const std::vector<SetupAction> actions = machine.on(leased);
  const EscrowRecord& record = *std::get<Commit>(actions.at(0)).record;
  EXPECT_EQ(record.attempt, 3u);
  EXPECT_THAT(record.wallets,
              ElementsAre("storm_7_buyer_3", "storm_7_vendor_3", "storm_7_arbiter_3"));
}

}  // namespace
}  // namespace escrowstorm::test
