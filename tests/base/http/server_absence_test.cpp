// A server that does not answer: connections dropped or left in silence, ports shut and reopened.
#include <boost/asio/detached.hpp>
#include <system_error>

#include "tests/base/http/server_fixture.hpp"

namespace escrowstorm::http {
namespace {

using ServerAbsenceTest = ServerTest;

ServerResponse none(Delivery delivery) {
  ServerResponse response;
  response.body = "not to be seen";
  response.delivery = delivery;
  return response;
}

Awaitable<ServerResponse> none_later(WaitList& gate, Delivery delivery) {
  co_await gate.wait();
  co_return none(delivery);
}

TEST_F(ServerAbsenceTest, HangsUpWithoutAByteAtOnceOrLater) {
  const Endpoint at_once = serve([](ServerRequest) { return none(Delivery::hang_up); });
  EXPECT_EQ(exchange(at_once, request("x")), "");
  const Endpoint later = server_->listen(Endpoint{"127.0.0.1", 0}, [this](ServerRequest) {
    return none_later(gate_, Delivery::hang_up);
  });
  test::KernelClient client(later);
  client.send(request("x") + request("behind it"));
  run_until(loop_, [&] { return gate_.size() == 1; });
  gate_.wake_one();
  run_until(loop_, [&] { return server_->connections() == 0; });
  EXPECT_EQ(client.received(), "");
}

TEST_F(ServerAbsenceTest, SilenceEndsWithTheClientOrTheQuietTime) {
  ServerLimits limits;
  limits.quiet_time_max = 3ms;
  int handled = 0;
  for (const bool client_ends : {false, true}) {
    const Endpoint endpoint = serve(
        [&](ServerRequest) {
          ++handled;
          return none(Delivery::never);
        },
        client_ends ? ServerLimits() : limits);
    auto client = std::make_unique<test::KernelClient>(endpoint);
    client->send(request("x"));
    run_until(loop_, [&] { return handled == 1; });
    client->send(request("behind it"));
    if (client_ends) {
      let_pass(2ms);
      EXPECT_EQ(server_->connections(), 1u);
      client.reset();
    }
    run_until(loop_, [&] { return server_->connections() == 0; });
    EXPECT_EQ(std::exchange(handled, 0), 1);
    if (client) EXPECT_EQ(client->received(), "");
  }
}

TEST_F(ServerAbsenceTest, AShutPortRefusesAndBreaksItsConnectionsAndNoOthers) {
  const Endpoint shut = serve(echo);
  const Endpoint other = server_->listen(Endpoint{"127.0.0.1", 0}, echo);
  auto of_shut = connection(shut);
  auto of_other = connection(other);
  ASSERT_EQ(post(*of_shut, "x"), "POST x");
  ASSERT_EQ(post(*of_other, "x"), "POST x");
  server_->shut(shut);
  run_until(loop_, [&] { return server_->connections() == 1; });
  EXPECT_TRUE(of_shut->stale());
  EXPECT_EQ(post(*of_other, "y"), "POST y");
  const auto refused = run_on(loop_, connection(shut)->post("/json_rpc", "x", clock_.now() + 10s));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, CallError::Kind::refused);

  server_->reopen(shut);
  EXPECT_EQ(post(*connection(shut), "again"), "POST again");
  server_->shut(shut);
  server_->reopen(shut);
  EXPECT_EQ(post(*connection(shut), "and again"), "POST and again");
}

TEST_F(ServerAbsenceTest, ReopeningSaysWhenThePortWasTaken) {
  const Endpoint shut = serve(echo);
  server_->shut(shut);
  auto another = std::make_unique<Server>(loop_.get_executor(), ServerLimits());
  another->listen(shut, echo);
  try {
    server_->reopen(shut);
    FAIL() << "two listeners on one port";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::address_in_use);
    EXPECT_THAT(error.what(), testing::HasSubstr(shut.to_string()));
  }
  another.reset();
  server_->reopen(shut);
  EXPECT_EQ(post(*connection(shut), "x"), "POST x");
}

TEST_F(ServerAbsenceTest, ShuttingTwiceIsOnceAndSoIsReopening) {
  const Endpoint endpoint = serve(echo);
  server_->reopen(endpoint);
  server_->shut(endpoint);
  server_->shut(endpoint);
  server_->reopen(endpoint);
  server_->reopen(endpoint);
  EXPECT_EQ(post(*connection(endpoint), "x"), "POST x");
}

TEST_F(ServerAbsenceTest, WhatIsHandledWhileItsPortIsShutIsForNobody) {
  const Endpoint endpoint = serve(waiting_handler());
  test::KernelClient client(endpoint);
  client.send(request("x"));
  run_until(loop_, [&] { return gate_.size() == 1; });
  server_->shut(endpoint);
  gate_.wake_one();
  run_until(loop_, [&] { return server_->connections() == 0; });
  EXPECT_EQ(finished_, 1);
  EXPECT_EQ(client.received(), "");
}

}  // namespace
}  // namespace escrowstorm::http
