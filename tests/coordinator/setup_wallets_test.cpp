// Whose wallet is open, and what an address must be before it is published.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coordinator/setup/setup_machine.hpp"
#include "tests/coordinator/support/machine_rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using testing::ElementsAre;
using Kind = CallError::Kind;

struct LostSlot {
  Phase phase;
  int code;
  bool lost;
};

TEST(SetupMachine, LeavesASlotAloneThatAnErrorShowsToBeLost) {
  const LostSlot cases[] = {
      {Phase::label, -13, true},       {Phase::verify, -13, true},
      {Phase::prepare, -13, true},     {Phase::make, -13, true},
      {Phase::exchange_1, -13, true},  {Phase::check, -13, true},
      {Phase::prepare, -28, true},     {Phase::make, -28, true},
      {Phase::exchange_1, -31, true},  {Phase::exchange_2, -31, true},
      {Phase::verify, -45, true},      {Phase::prepare, -1, false},
      {Phase::exchange_1, -48, false}, {Phase::label, -28, false},
  };
  for (const LostSlot& one : cases) {
    MachineRig rig;
    rig.go_to(one.phase);
    // The others pass, so their wallets are known wherever the label was asked for.
    rig.answer_well(Role::vendor);
    rig.answer_well(Role::arbiter);
    rig.answer(Role::buyer, rpc_error(one.code, "no"));
    while (rig.under_way(Role::vendor) && !rig.outcome &&
           rig.call_of(Role::vendor).site.phase == name_of(one.phase))
      rig.answer_well(Role::vendor);
    while (rig.under_way(Role::arbiter) &&
           rig.call_of(Role::arbiter).site.phase == name_of(one.phase))
      rig.answer_well(Role::arbiter);
    EXPECT_EQ(rig.under_way(Role::buyer), !one.lost) << name_of(one.phase) << ' ' << one.code;
    // Before the label was read, a lost slot puts the others in doubt too.
    const bool others_known = !one.lost || one.phase >= Phase::verify;
    EXPECT_EQ(rig.under_way(Role::vendor), others_known) << name_of(one.phase) << ' ' << one.code;
  }
}

TEST(SetupMachine, SaysWhoseWalletItMet) {
  struct {
    std::string label;
    std::string failure;
  } cases[] = {
      {"escrow_2_vendor",
       "vendor: expected wallet escrow_7_vendor on instance 5, met escrow_2_vendor (of escrow 2)"},
      {"other_2_vendor",
       "vendor: expected wallet escrow_7_vendor on instance 5, met other_2_vendor"},
      {"escrow_7_buyer",
       "vendor: expected wallet escrow_7_vendor on instance 5, met escrow_7_buyer (of escrow 7)"},
  };
  for (const auto& one : cases) {
    MachineRig rig;
    rig.go_to(Phase::verify);
    walletrpc::Answer met = walletrpc::AnswerTo<walletrpc::GetAttribute>{{one.label}};
    rig.answer(Role::vendor, met);
    rig.answer_well(Role::buyer);
    rig.answer_well(Role::arbiter);
    EXPECT_THAT(rig.methods_under_way(), ElementsAre("buyer close_wallet", "arbiter close_wallet"));
    rig.finish_well();
    EXPECT_EQ(rig.outcome->failure, one.failure);
  }
}

TEST(SetupMachine, SaysThatTheWalletItMetHadNoLabel) {
  MachineRig rig;
  rig.go_to(Phase::verify);
  rig.answer(Role::arbiter, rpc_error(-45, "Attribute not found."));
  rig.answer(Role::buyer, call_error(Kind::deadline));
  rig.answer_well(Role::vendor);
  // The buyer's label was not read: with strangers about, its wallet is not surely its own.
  EXPECT_THAT(rig.methods_under_way(), ElementsAre("vendor close_wallet"));
  rig.finish_well();
  EXPECT_EQ(rig.outcome->failure,
            "arbiter: expected wallet escrow_7_arbiter on instance 6, met one without a label");
}

TEST(SetupMachine, ClosesWhatItOpenedWhenItDoesNotAskWhoseWalletIsOpen) {
  MachineRig rig(false);
  rig.go_to(Phase::make);
  for (const Role role : all_roles)
    rig.answer(role, rpc_error(-28, "This wallet is already multisig"));
  EXPECT_THAT(rig.methods_under_way(),
              ElementsAre("buyer close_wallet", "vendor close_wallet", "arbiter close_wallet"));
}

struct BadCheck {
  walletrpc::IsMultisig::Answer state;
  std::string address;
  std::string failure;
};

TEST(SetupMachine, PublishesNothingThatIsNotAFinalized2of3) {
  const std::string good = "4AddressOfTheEscrow";
  const BadCheck cases[] = {
      {{false, false, 0, 0}, good, "vendor: is_multisig (check) on instance 5: not multisig"},
      {{true, false, 2, 3}, good, "vendor: is_multisig (check) on instance 5: not ready"},
      {{true, true, 2, 2},
       good,
       "vendor: is_multisig (check) on instance 5: 2-of-2 instead of 2-of-3"},
      {{true, true, 3, 3},
       good,
       "vendor: is_multisig (check) on instance 5: 3-of-3 instead of 2-of-3"},
      {{true, true, 2, 3},
       "4Another",
       "vendor: get_address (check) on instance 5: 4Another, but its exchange answered "
       "4AddressOf..."},
  };
  for (const BadCheck& one : cases) {
    MachineRig rig;
    rig.go_to(Phase::check);
    for (const Role role : {Role::buyer, Role::arbiter}) {
      rig.answer_well(role);
      rig.answer_well(role);
    }
    walletrpc::Answer state = walletrpc::AnswerTo<walletrpc::IsMultisig>{one.state};
    rig.answer(Role::vendor, state);
    if (one.address != good) {
      walletrpc::Answer address = walletrpc::AnswerTo<walletrpc::GetAddress>{{one.address, {}}};
      rig.answer(Role::vendor, address);
    }
    rig.finish_well();
    EXPECT_FALSE(rig.outcome->ready);
    EXPECT_EQ(rig.outcome->failure, one.failure);
    EXPECT_EQ(rig.published, "");
  }
}

// What was ready in memory and is not in the file: the keys lie in another's, or nowhere.
TEST(SetupMachine, PublishesNothingThatIsNotInTheFiles) {
  MachineRig rig;
  rig.go_to(Phase::reopen);
  const auto answer_up_to = [&rig](std::string_view method) {
    while (walletrpc::method_of(rig.call_of(Role::vendor).request) != method)
      rig.answer_well(Role::vendor);
  };
  answer_up_to("is_multisig");
  walletrpc::Answer state =
      walletrpc::AnswerTo<walletrpc::IsMultisig>{walletrpc::IsMultisig::Answer()};
  rig.answer(Role::vendor, state);
  rig.finish_well();
  EXPECT_FALSE(rig.outcome->ready);
  EXPECT_EQ(rig.outcome->failure, "vendor: is_multisig (reopen) on instance 5: not multisig");
  EXPECT_EQ(rig.published, "");

  MachineRig gone;
  gone.go_to(Phase::reopen);
  gone.answer_well(Role::arbiter);
  gone.answer(Role::arbiter, rpc_error(-1, "Failed to open wallet"));
  gone.finish_well();
  EXPECT_EQ(gone.outcome->failure,
            "arbiter: open_wallet (reopen) on instance 6: -1 Failed to open wallet");
  EXPECT_EQ(gone.published, "");
}

void exchange_answers(MachineRig& rig, Role role, const std::string& address) {
  walletrpc::Answer answer =
      walletrpc::AnswerTo<walletrpc::ExchangeMultisigKeys>{{address, "done"}};
  rig.answer(role, answer);
}

TEST(SetupMachine, PublishesNothingTheWalletsDisagreeOn) {
  MachineRig rig;
  rig.go_to(Phase::exchange_2);
  exchange_answers(rig, Role::buyer, "4AAAAAAAAAAAAAAAA");
  exchange_answers(rig, Role::vendor, "4BBBBBBBBBBBBBBBB");
  exchange_answers(rig, Role::arbiter, "4AAAAAAAAAAAAAAAA");
  rig.commit();
  for (const Role role : all_roles) {
    rig.answer_well(role);
    const std::string address = role == Role::vendor ? "4BBBBBBBBBBBBBBBB" : "4AAAAAAAAAAAAAAAA";
    walletrpc::Answer answer = walletrpc::AnswerTo<walletrpc::GetAddress>{{address, {}}};
    rig.answer(role, answer);
  }
  rig.finish_well();
  EXPECT_EQ(rig.outcome->failure,
            "the wallets disagree on the address: buyer 4AAAAAAAAA..., vendor 4BBBBBBBBB..., "
            "arbiter 4AAAAAAAAA...");
  EXPECT_EQ(rig.published, "");
  EXPECT_EQ(rig.committed.back().address, "");
}

TEST(SetupMachine, PublishesNoPlaceholderOfAnyNetwork) {
  for (const std::string start : {"41fJjQDhryD1111", "9sCrDesy9LK1111", "51sLpF8fWaK1111"}) {
    MachineRig rig;
    rig.go_to(Phase::exchange_2);
    for (const Role role : all_roles) exchange_answers(rig, role, start + "1111ASe9wXqHoR");
    rig.finish_well();
    EXPECT_EQ(rig.outcome->failure,
              "buyer: exchange_multisig_keys (exchange_2) on instance 4: answered " +
                  start.substr(0, 10) + "..., a placeholder");
  }
}

TEST(SetupMachine, FailsOnAnswersWithNothingInThem) {
  MachineRig without_address;
  without_address.go_to(Phase::exchange_2);
  for (const Role role : all_roles) exchange_answers(without_address, role, "");
  without_address.finish_well();
  EXPECT_EQ(without_address.outcome->failure,
            "buyer: exchange_multisig_keys (exchange_2) on instance 4: answered no address");

  MachineRig without_message;
  without_message.go_to(Phase::prepare);
  walletrpc::Answer empty = walletrpc::AnswerTo<walletrpc::PrepareMultisig>{};
  for (const Role role : all_roles) without_message.answer(role, empty);
  without_message.finish_well();
  EXPECT_EQ(without_message.outcome->failure,
            "buyer: prepare_multisig on instance 4: answered no multisig info");
}

}  // namespace
}  // namespace escrowstorm::test
