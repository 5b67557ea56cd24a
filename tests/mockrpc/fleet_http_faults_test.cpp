// Faults, deaths and starts of instances as clients on sockets meet them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/http/client.hpp"
#include "base/real_clock.hpp"
#include "base/real_loop.hpp"
#include "tests/base/http/raw_tcp.hpp"
#include "tests/base/http/run_on.hpp"
#include "tests/mockrpc/fleet_rig.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* version_call = R"({"id":"7/buyer","method":"get_version"})";
constexpr const char* create_call =
    R"({"id":"7/buyer","method":"create_wallet","params":{"filename":"a","language":"English"}})";
constexpr const char* open_call =
    R"({"id":"7/buyer","method":"open_wallet","params":{"filename":"a"}})";

std::string as_request(const std::string& body) {
  return "POST /json_rpc HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

class FleetFaultsOnSockets : public testing::Test {
 protected:
  ~FleetFaultsOnSockets() override { loop_.abandon(); }

  std::unique_ptr<http::Connection> connect(std::uint32_t instance) {
    return std::make_unique<http::Connection>(loop_.get_executor(), clock_, endpoints_.at(instance),
                                              1'000'000);
  }

  // What the client has of it: the body, or the error.
  std::string post(http::Connection& connection, std::string body) {
    auto response =
        test::run_on(loop_, connection.post("/json_rpc", std::move(body), clock_.now() + 10s));
    if (response) return response->body;
    constexpr std::array kinds{"refused", "outcome unknown", "deadline", "bad answer"};
    return kinds.at(static_cast<std::size_t>(response.error().kind));
  }
  std::string post(std::uint32_t instance, std::string body) {
    const auto connection = connect(instance);
    return post(*connection, std::move(body));
  }

  RealLoop loop_;
  RealClock clock_{loop_.get_executor()};
  SingleExecutor executors_{loop_.get_executor()};
  MemoryStorage storage_;
  LedgerLog ledger_;
  PlannedFaults faults_;
  Fleet fleet_{clock_, executors_, Random(1), storage_,
               FleetOptions{.instances = 2, .ledger = &ledger_, .faults = &faults_}};
  http::Server server_{loop_.get_executor(), http::ServerLimits{}};
  std::vector<http::Endpoint> endpoints_ = fleet_.listen(server_, http::Endpoint{"127.0.0.1", 0});
};

TEST_F(FleetFaultsOnSockets, ALostAnswerBreaksTheConnectionWithoutAByte) {
  faults_.plan_after(0, drop(false));
  const std::string bytes = test::run_on(
      loop_, test::raw_exchange(loop_.get_executor(), endpoints_[0], as_request(create_call)));
  EXPECT_EQ(bytes, "");
  EXPECT_THAT(ledger_.lines, ElementsAre(HasSubstr("7/buyer create_wallet answered '' > 'a'")));
  EXPECT_THAT(post(0, version_call), HasSubstr("\"result\""));
}

TEST_F(FleetFaultsOnSockets, ADroppedCallToo) {
  faults_.plan_before(0, drop(false));
  EXPECT_EQ(post(0, create_call), "outcome unknown");
  EXPECT_THAT(ledger_.lines, ElementsAre(HasSubstr("7/buyer create_wallet dropped")));
}

TEST_F(FleetFaultsOnSockets, SilenceHoldsTheConnectionAndNothingElse) {
  faults_.plan_after(0, drop(true));
  {
    test::KernelClient silenced(endpoints_[0]);
    silenced.send(as_request(create_call) + as_request(version_call));
    test::run_until(loop_, [&] { return ledger_.lines.size() == 1; });
    EXPECT_THAT(post(0, version_call), HasSubstr("\"result\""));
    EXPECT_THAT(post(0, version_call), HasSubstr("\"result\""));
    EXPECT_EQ(silenced.received(), "");
    EXPECT_GE(server_.connections(), 1u);
  }
  test::run_until(loop_, [&] { return server_.connections() == 0; });
  EXPECT_EQ(ledger_.lines.size(), 3u) << "what came behind it is not read";
}

TEST_F(FleetFaultsOnSockets, AnErrorCarriesTheIdOfItsCall) {
  faults_.plan_before(0, error(-7));
  EXPECT_THAT(post(0, version_call),
              testing::AllOf(HasSubstr("-7"), HasSubstr("meant to fail"), HasSubstr("7\\/buyer")));
}

TEST_F(FleetFaultsOnSockets, ADeadInstanceRefusesAndListensAgainOnItsPort) {
  const auto before = connect(0);
  EXPECT_THAT(post(*before, create_call), HasSubstr("\"result\""));
  fleet_.kill(0);
  test::run_until(loop_, [&] { return server_.connections() == 0; });
  EXPECT_TRUE(before->stale());
  EXPECT_EQ(post(0, version_call), "refused");
  EXPECT_THAT(post(1, open_call), HasSubstr("\"result\"")) << "the lock is free, others listen";

  fleet_.start(0);
  EXPECT_THAT(post(0, open_call), HasSubstr("-1")) << "it is another's now";
  fleet_.kill(1);
  EXPECT_THAT(post(0, open_call), HasSubstr("\"result\""));
  EXPECT_EQ(post(1, version_call), "refused");
}

TEST_F(FleetFaultsOnSockets, ACallUnderWayIsBrokenOff) {
  faults_.plan_after(0, delay(1h));
  test::KernelClient at_work(endpoints_[0]);
  at_work.send(as_request(create_call));
  test::run_until(loop_, [&] { return ledger_.lines.size() == 1; });
  test::KernelClient queued(endpoints_[0]);
  queued.send(as_request(version_call));
  test::run_until(loop_, [&] { return server_.connections() == 2; });
  fleet_.kill(0);
  test::run_until(loop_, [&] { return server_.connections() == 0; });
  EXPECT_EQ(at_work.received(), "");
  EXPECT_EQ(queued.received(), "");
}

TEST_F(FleetFaultsOnSockets, AFaultMayKillItsOwnInstance) {
  faults_.plan_before(0, [&](const CallAtSeat& call) {
    fleet_.kill(call.instance);
    return Verdict();
  });
  EXPECT_EQ(post(0, create_call), "outcome unknown");
  EXPECT_EQ(post(0, version_call), "refused");
  EXPECT_THAT(ledger_.lines,
              ElementsAre(HasSubstr("killed with ''"), HasSubstr("7/buyer create_wallet dropped")));
}

TEST_F(FleetFaultsOnSockets, AShutPortRefusesAndItsWalletStaysOpen) {
  const auto kept = connect(0);
  EXPECT_THAT(post(*kept, create_call), HasSubstr("\"result\""));
  fleet_.shut_port(0);
  EXPECT_TRUE(kept->stale()) << "what is idle has ended";
  EXPECT_EQ(post(0, version_call), "refused");
  EXPECT_THAT(post(1, open_call), HasSubstr("is opened by another wallet program"));
  EXPECT_EQ(fleet_.open_port(0), std::nullopt);
  EXPECT_THAT(post(0, R"({"id":"0","method":"store"})"), HasSubstr("\"result\""));
}

TEST_F(FleetFaultsOnSockets, ThePortIsShutBehindTheCallThatIsAnswered) {
  faults_.plan_after(0, [&](const CallAtSeat&) {
    fleet_.shut_port(0);
    return Verdict();
  });
  const auto kept = connect(0);
  EXPECT_THAT(post(*kept, create_call), HasSubstr("\"result\""));
  EXPECT_TRUE(kept->stale());
  EXPECT_EQ(post(0, version_call), "refused");
}

TEST_F(FleetFaultsOnSockets, APortThatAnotherHasTakenStaysShutUntilItIsFree) {
  fleet_.shut_port(0);
  auto another = std::make_unique<http::Server>(loop_.get_executor(), http::ServerLimits{});
  another->listen(endpoints_[0], [](http::ServerRequest) { return http::ServerResponse(); });
  const auto taken = fleet_.open_port(0);
  ASSERT_TRUE(taken.has_value());
  EXPECT_THAT(*taken, HasSubstr("cannot listen on " + endpoints_[0].to_string()));
  EXPECT_FALSE(fleet_.is_port_open(0));
  another.reset();
  EXPECT_EQ(fleet_.open_port(0), std::nullopt);
  EXPECT_THAT(post(0, version_call), HasSubstr("\"result\""));
}

}  // namespace
}  // namespace escrowstorm::mockrpc
