// A mock in virtual time that is measured: what the tests of a calibration have in common.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "sim/calibrate/calibration.hpp"
#include "sim/calibrate/closing.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/run/run_files.hpp"
#include "sim/world/mock_bank.hpp"
#include "sim/world/mock_fleet.hpp"
#include "sim/world/worlds.hpp"
#include "tests/support/stranger.hpp"

namespace escrowstorm::sim {

// All that the coordinator calls, with its own time each.
inline constexpr const char* fixed_profile = R"({"unit": "ms", "methods": {
  "create_wallet": {"p50": 10}, "set_attribute": {"p50": 0.3}, "store": {"p50": 0.4},
  "get_attribute": {"p50": 0.2}, "prepare_multisig": {"p50": 0.5}, "make_multisig": {"p50": 2},
  "exchange_multisig_keys#1": {"p50": 3}, "exchange_multisig_keys#2": {"p50": 4},
  "is_multisig": {"p50": 0.6}, "get_address": {"p50": 0.7}, "close_wallet": {"p50": 0.8},
  "open_wallet": {"p50": 9}, "refresh": {"p50": 1.1}, "get_balance": {"p50": 0.9},
  "export_multisig_info": {"p50": 1.2}, "import_multisig_info": {"p50": 1.3},
  "refresh#funded": {"p50": 2.1}, "export_multisig_info#funded": {"p50": 2.2},
  "import_multisig_info#funded": {"p50": 2.3}, "transfer": {"p50": 5.5},
  "describe_transfer": {"p50": 1.4}, "sign_multisig": {"p50": 3.5}, "submit_multisig": {"p50": 4.5},
  "get_transfer_by_txid": {"p50": 1.6}}})";

// A mock of so many instances in virtual time, with a profile of the test's.
class CalibrationRig : public testing::Test {
 public:
  Awaitable<void> play() { failure_ = co_await calibration_->play(); }
  Awaitable<void> mine_and_play(std::uint64_t blocks) {
    const auto mined = co_await miner_->mine(test::stranger, blocks);
    EXPECT_TRUE(mined);
    co_await play();
  }
  Awaitable<void> play_and_close(Transport& transport) {
    co_await play();
    const OpenWalletLabels open_on = calibration_->open_on();
    for (const auto& [instance, label] : open_on) {
      const auto why = co_await close_ours(transport, world_->clock(), instance, label);
      EXPECT_FALSE(why) << *why;
    }
  }

 protected:
  void make_world(const std::string& profile, std::uint32_t instances) {
    const auto file = scratch_.path() / "in.json";
    ASSERT_EQ(write_text(file, profile), std::nullopt);
    Scenario scenario;
    scenario.fleet.instances = instances;
    scenario.fleet.latency = file.string();
    WorldOptions options;
    options.ledger = ledger_;
    world_ = make_virtual_world(scenario, Random(7), options);
    miner_ = std::make_unique<ChainMiner>(*world_->chain(), network_of(scenario.fleet));
  }

  void make_calibration(Transport& transport, std::uint64_t rounds, Miner* miner) {
    CalibrationOptions options;
    options.rounds = rounds;
    options.wallet_prefix = "calibrated";
    options.miner = miner;
    calibration_ = std::make_unique<Calibration>(transport, world_->clock(), std::move(options));
  }

  std::string why() const { return failure_ ? failure_->what : "it went well"; }

  ScratchDir scratch_;
  mockrpc::Ledger* ledger_ = nullptr;
  std::unique_ptr<World> world_;
  std::unique_ptr<ChainMiner> miner_;
  std::unique_ptr<Calibration> calibration_;
  Calibration::Failure failure_;
};

// One call at a time: none begins before the one before it is over.
class OneAtATime final : public mockrpc::Ledger {
 public:
  void executed(const mockrpc::LedgerEntry& entry) override {
    EXPECT_GE(entry.at, over_) << method_of(*entry.request);
    over_ = entry.at + entry.cost.total();
    if (holds_alternative<walletrpc::CreateWallet>(*entry.request)) ++made[entry.instance];
  }
  void dropped(TimePoint, std::uint32_t, std::optional<CallFor>,
               const walletrpc::Request&) override {}
  void killed(TimePoint, std::uint32_t, std::string_view) override {}

  std::map<std::uint32_t, int> made;  // wallets, by instance

 private:
  TimePoint over_;
};

// Which wallet is in the slot of each instance.
class Slots final : public mockrpc::Ledger {
 public:
  void executed(const mockrpc::LedgerEntry& entry) override {
    if (const auto* create = get_if<walletrpc::CreateWallet>(entry.request))
      in[entry.instance] = create->filename;
    if (const auto* open = get_if<walletrpc::OpenWallet>(entry.request))
      in[entry.instance] = open->filename;
    if (holds_alternative<walletrpc::CloseWallet>(*entry.request)) in.erase(entry.instance);
  }
  void dropped(TimePoint, std::uint32_t, std::optional<CallFor>,
               const walletrpc::Request&) override {}
  void killed(TimePoint, std::uint32_t, std::string_view) override {}

  std::map<std::uint32_t, std::string> in;
};

}  // namespace escrowstorm::sim
