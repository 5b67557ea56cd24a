#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <stdexcept>
#include <variant>

#include "base/walletrpc/error_code.hpp"
#include "mockrpc/version.hpp"
#include "sim/world/live_checks.hpp"
#include "sim/world/rpc_urls.hpp"
#include "sim/world/wallet_rpc_versions.hpp"
#include "sim/world/worlds.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::sim {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// What one instance of the fake fleet is like.
struct FakeInstance {
  bool reachable = true;
  std::uint32_t version = 65561;
  bool wallet_open = false;
  std::string address = "9stagenet or testnet";
  int error_code = walletrpc::error_code::no_wallet_file;
  std::string error_text = "No wallet file";
  bool throws = false;
  std::function<void()> on_create;
  int wallets_made = 0;
  int wallets_saved = 0;
};

CallError rpc_error(int code, std::string message) {
  CallError error;
  error.kind = CallError::Kind::rpc_error;
  error.sent = true;
  error.code = code;
  error.message = std::move(message);
  return error;
}

class FakeFleet final : public Transport {
 public:
  explicit FakeFleet(std::size_t count) : fleet(count) {}

  InstanceId instances() const override { return static_cast<InstanceId>(fleet.size()); }

  Awaitable<CallResult<walletrpc::Answer>> call(InstanceId instance, walletrpc::Request request,
                                                std::optional<CallFor>, TimePoint) override {
    co_return answer(fleet[instance], request);
  }

  std::vector<FakeInstance> fleet;

 private:
  static CallResult<walletrpc::Answer> answer(FakeInstance& on, const walletrpc::Request& request) {
    if (on.throws) throw std::runtime_error("a bug");
    if (!on.reachable) {
      CallError refused;
      refused.message = "cannot connect";
      return refused;
    }
    if (holds_alternative<walletrpc::GetVersion>(request)) {
      walletrpc::AnswerTo<walletrpc::GetVersion> a;
      a.value.version = on.version;
      return walletrpc::Answer(a);
    }
    if (const auto* create = get_if<walletrpc::CreateWallet>(&request)) {
      on.wallet_open = true;
      ++on.wallets_made;
      if (on.on_create) on.on_create();
      if (!create->filename.empty()) ++on.wallets_saved;
      return walletrpc::Answer(walletrpc::AnswerTo<walletrpc::CreateWallet>());
    }
    if (!on.wallet_open) return rpc_error(on.error_code, on.error_text);
    if (const auto* close = get_if<walletrpc::CloseWallet>(&request)) {
      on.wallet_open = false;
      if (close->autosave_current) ++on.wallets_saved;
      return walletrpc::Answer(walletrpc::AnswerTo<walletrpc::CloseWallet>());
    }
    walletrpc::AnswerTo<walletrpc::GetAddress> a;
    a.value.address = on.address;
    return walletrpc::Answer(a);
  }
};

class LiveChecksTest : public testing::Test {
 protected:
  static Awaitable<void> check_into(LiveChecks& checks, std::vector<std::string>& complaints) {
    complaints = co_await checks.complaints();
  }

  std::vector<std::string> complaints() {
    std::vector<std::string> urls;
    for (std::size_t i = 0; i < transport_.fleet.size(); ++i)
      urls.push_back("u" + std::to_string(i));
    LiveChecks checks(loop_.get_executor(), clock_, transport_, urls, options_);
    std::vector<std::string> found{"the checks did not end"};
    boost::asio::co_spawn(loop_, check_into(checks, found), boost::asio::detached);
    clock_.run(loop_);
    return found;
  }

  boost::asio::io_context loop_;
  test::ManualClock clock_;
  FakeFleet transport_{40};
  LiveCheckOptions options_;
};

TEST_F(LiveChecksTest, AGoodFleetIsLeftAsItWas) {
  EXPECT_THAT(complaints(), IsEmpty());
  for (const FakeInstance& instance : transport_.fleet) {
    EXPECT_EQ(instance.wallets_made, 1);
    EXPECT_EQ(instance.wallets_saved, 0);
    EXPECT_FALSE(instance.wallet_open);
  }
}

TEST_F(LiveChecksTest, SaysWhileItsWalletsMayBeOpen) {
  LiveChecks checks(loop_.get_executor(), clock_, transport_, std::vector<std::string>(40),
                    options_);
  bool while_open = false;
  transport_.fleet[7].on_create = [&] { while_open = checks.makes_wallets(); };
  std::vector<std::string> found;
  boost::asio::co_spawn(loop_, check_into(checks, found), boost::asio::detached);
  EXPECT_FALSE(checks.makes_wallets());
  clock_.run(loop_);
  EXPECT_TRUE(while_open);
  EXPECT_FALSE(checks.makes_wallets());
}

TEST_F(LiveChecksTest, AnotherNameOfWhatIsInTheWay) {
  transport_.fleet[8].wallet_open = true;
  options_.pushing_out = "the calibration";
  EXPECT_THAT(complaints(), ElementsAre(HasSubstr("which the calibration would push out; close")));
}

TEST_F(LiveChecksTest, TellsEverythingAtOnceBeforeItTouchesAnything) {
  transport_.fleet[3].reachable = false;
  transport_.fleet[8].version = 65570;
  transport_.fleet[39].wallet_open = true;
  EXPECT_THAT(complaints(),
              ElementsAre(AllOf(HasSubstr("u3: "), HasSubstr("refused: cannot connect")),
                          AllOf(HasSubstr("u8: "), HasSubstr("65570"),
                                HasSubstr("--allow-unknown-version")),
                          AllOf(HasSubstr("u39: "), HasSubstr("has a wallet open"))));
  for (const FakeInstance& instance : transport_.fleet) EXPECT_EQ(instance.wallets_made, 0);
}

TEST_F(LiveChecksTest, FindsTheOneInstanceOnMainnet) {
  transport_.fleet[17].address = "4AdGGJX";
  EXPECT_THAT(complaints(), ElementsAre(AllOf(HasSubstr("u17: "), HasSubstr("--allow-mainnet"))));
  EXPECT_FALSE(transport_.fleet[17].wallet_open);
}

TEST_F(LiveChecksTest, WhatAnInstanceSaysIsMadeHarmless) {
  transport_.fleet[5].error_code = -1;
  transport_.fleet[5].error_text = "\x1b]0;owned\x07\nno";
  EXPECT_THAT(complaints(), ElementsAre("u5: get_address: -1  ]0;owned  no"));
}

TEST_F(LiveChecksTest, ABugGoesUpThroughTheLoop) {
  transport_.fleet[5].throws = true;
  EXPECT_THROW(complaints(), std::runtime_error);
}

TEST_F(LiveChecksTest, WhatIsAllowedIsNotComplainedOf) {
  for (FakeInstance& instance : transport_.fleet) {
    instance.version = 70000;
    instance.address = "4AdGGJX";
  }
  options_.allow_mainnet = true;
  options_.allow_unknown_version = true;
  EXPECT_THAT(complaints(), IsEmpty());
  EXPECT_EQ(transport_.fleet[0].wallets_made, 0);
}

TEST(WalletRpcVersions, KnowWhatTheMockCanBe) {
  for (const mockrpc::Version& version : mockrpc::versions()) {
    const auto releases = monero_releases(version.rpc_version);
    ASSERT_TRUE(releases) << version.name;
    EXPECT_THAT(std::string(*releases), HasSubstr(std::string(version.name)));
  }
  EXPECT_FALSE(monero_releases(65560));
  EXPECT_FALSE(monero_releases(65568));
}

std::vector<std::string> complaints_about(const std::vector<std::string>& urls) {
  const auto read = read_rpc_urls(urls);
  const auto* complaints = std::get_if<std::vector<std::string>>(&read);
  return complaints ? *complaints : std::vector<std::string>();
}

TEST(RpcUrls, EveryOneThatIsNoneIsNamed) {
  EXPECT_THAT(
      complaints_about({"ftp://a:1", "http://user:secret@b:2", "c"}),
      ElementsAre(HasSubstr("ftp://a:1 "), AllOf(HasSubstr("b:2"), Not(HasSubstr("secret"))),
                  HasSubstr("c has no port")));
}

TEST(RpcUrls, AreThreeDifferentOnes) {
  EXPECT_THAT(complaints_about({}), ElementsAre(HasSubstr("at least three")));
  EXPECT_THAT(complaints_about({"http://127.0.0.1:1", "127.0.0.1:1"}),
              ElementsAre(HasSubstr("at least three"), HasSubstr("127.0.0.1:1 was given twice")));
}

TEST(LiveWorld, NamesWhatCannotBeReached) {
  WorldOptions options;
  for (std::uint16_t port = 1; port <= 3; ++port) options.rpc.push_back({"127.0.0.1", port});
  try {
    make_live_world(Scenario(), Random(1), options);
    FAIL() << "made a world";
  } catch (const WorldError& e) {
    EXPECT_THAT(e.what(), AllOf(HasSubstr("\n  127.0.0.1:1: get_version: "),
                                HasSubstr("\n  127.0.0.1:2: "), HasSubstr("\n  127.0.0.1:3: ")));
  }
}

}  // namespace
}  // namespace escrowstorm::sim
