// A calibration that can't go on: it says why, and leaves no wallet of its own open and every other
// one as it is.
#include "tests/sim/calibration_rig.hpp"

namespace escrowstorm::sim {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

// Somebody else who creates a wallet on instance 1 as soon as it is asked for `method`.
class Intruder final : public Transport {
 public:
  Intruder(Transport& fleet, std::string_view method) : fleet_(fleet), method_(method) {}

  InstanceId instances() const override { return fleet_.instances(); }
  Awaitable<CallResult<walletrpc::Answer>> call(InstanceId instance, walletrpc::Request request,
                                                std::optional<CallFor> whom,
                                                TimePoint deadline) override {
    if (instance == 1 && !came_ && method_of(request) == method_) {
      came_ = true;
      walletrpc::CreateWallet somebodys;
      somebodys.filename = "somebodys";
      somebodys.language = "English";
      walletrpc::Request create = std::move(somebodys);
      const auto created = co_await fleet_.call(1, std::move(create), std::nullopt, deadline);
      EXPECT_TRUE(created);
    }
    co_return co_await fleet_.call(instance, std::move(request), whom, deadline);
  }

 private:
  Transport& fleet_;
  std::string_view method_;
  bool came_ = false;
};

// The first `method` is lost on its way there, or its answer on the way back.
enum class Lost : unsigned char { call, answer };

class LosesOne final : public Transport {
 public:
  LosesOne(Transport& fleet, std::string_view method, Lost what)
      : fleet_(fleet), method_(method), what_(what) {}

  InstanceId instances() const override { return fleet_.instances(); }
  Awaitable<CallResult<walletrpc::Answer>> call(InstanceId instance, walletrpc::Request request,
                                                std::optional<CallFor> whom,
                                                TimePoint deadline) override {
    if (lost_ || method_of(request) != method_)
      co_return co_await fleet_.call(instance, std::move(request), whom, deadline);
    lost_ = true;
    if (what_ == Lost::answer) co_await fleet_.call(instance, std::move(request), whom, deadline);
    CallError unknown;
    unknown.kind = CallError::Kind::outcome_unknown;
    unknown.sent = true;
    co_return unknown;
  }

 private:
  Transport& fleet_;
  const std::string_view method_;
  const Lost what_;
  bool lost_ = false;
};

class Disturbed : public CalibrationRig {
 protected:
  void disturb(std::string_view method) {
    Intruder transport(world_->transport(), method);
    make_calibration(transport, 1, nullptr);
    world_->run(play_and_close(transport), nullptr);
  }
};

class DisturbedAt : public Disturbed, public testing::WithParamInterface<const char*> {};

TEST_P(DisturbedAt, ItGivesUpAndLeavesAnothersWalletOpen) {
  Slots slots;
  ledger_ = &slots;
  make_world(fixed_profile, 3);
  disturb(GetParam());
  EXPECT_TRUE(failure_);
  EXPECT_THAT(slots.in, ElementsAre(Pair(1, "somebodys")));
}

TEST_F(Disturbed, ASlotThatIsTakenIsLeftAlone) {
  OneAtATime ledger;
  ledger_ = &ledger;
  make_world(fixed_profile, 3);
  disturb("get_address");
  EXPECT_THAT(why(), HasSubstr("has a wallet open that is not of this calibration"));
  EXPECT_EQ(failure_->instance, 1u);
  EXPECT_THAT(ledger.made, ElementsAre(Pair(1, 1)));  // somebody's
}

TEST_F(Disturbed, ACallThatFailsIsNoSample) {
  make_world(fixed_profile, 3);
  disturb("exchange_multisig_keys");
  EXPECT_THAT(why(), HasSubstr("vendor: exchange_multisig_keys"));
  EXPECT_THAT(calibration_->samples().at("exchange_multisig_keys#1"), SizeIs(1));
}

INSTANTIATE_TEST_SUITE_P(Calls, DisturbedAt,
                         testing::Values("get_attribute", "make_multisig", "exchange_multisig_keys",
                                         "export_multisig_info"));

TEST_F(Disturbed, ItsOwnWalletsAreClosedAfterAFailure) {
  Slots slots;
  ledger_ = &slots;
  make_world(fixed_profile, 3);
  world_->fleet()->set_daemon_up(false);
  make_calibration(world_->transport(), 1, nullptr);
  world_->run(play_and_close(world_->transport()), nullptr);
  EXPECT_EQ(
      why(),
      "refresh: -38 no connection to daemon; start it with a --daemon-address that it reaches");
  EXPECT_THAT(slots.in, IsEmpty());
}

TEST_F(Disturbed, AWalletThatMayBeOpenIsClosedToo) {
  for (const char* method : {"create_wallet", "open_wallet", "close_wallet"}) {
    for (const Lost what : {Lost::call, Lost::answer}) {
      Slots slots;
      ledger_ = &slots;
      make_world(fixed_profile, 3);
      LosesOne transport(world_->transport(), method, what);
      make_calibration(transport, 1, nullptr);
      world_->run(play_and_close(transport), nullptr);
      EXPECT_THAT(why(), HasSubstr(method));
      EXPECT_THAT(slots.in, IsEmpty()) << method;
    }
  }
}

// The wallets' chain is a shorter or a longer one, as that of mainnet is.
TEST_F(Disturbed, AMinerOfAnotherChainIsFoundOut) {
  for (const std::uint64_t blocks : {1, 1000}) {
    Slots slots;
    ledger_ = &slots;
    make_world(fixed_profile, 3);
    const std::unique_ptr<World> elsewhere = std::move(world_);
    const std::unique_ptr<ChainMiner> of_elsewhere = std::move(miner_);
    make_world(fixed_profile, 3);
    make_calibration(world_->transport(), 1, of_elsewhere.get());
    world_->run(mine_and_play(blocks), nullptr);
    EXPECT_THAT(why(), AllOf(HasSubstr("where --daemon has 110; give the monerod of this wallet"),
                             HasSubstr("sees " + std::to_string(blocks + 1) + " blocks")));
    EXPECT_THAT(slots.in, IsEmpty());
  }
}

}  // namespace
}  // namespace escrowstorm::sim
