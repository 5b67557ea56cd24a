#include "base/http/rpc_transport.hpp"

#include <gmock/gmock.h>

#include <boost/asio/detached.hpp>
#include <memory>
#include <variant>

#include "base/http/server.hpp"
#include "base/wait_list.hpp"
#include "base/walletrpc/codec.hpp"
#include "tests/base/http/raw_tcp.hpp"
#include "tests/base/http/run_on.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::http {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using test::RawServer;
using test::Reply;
using test::run_on;
using test::run_until;
using Kind = CallError::Kind;
using walletrpc::AnswerTo;

std::string http_answer(const std::string& body, const std::string& status = "200 Ok") {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

std::string version_answer(std::uint32_t version) {
  AnswerTo<walletrpc::GetVersion> answer;
  answer.value.version = version;
  return walletrpc::write_answer(walletrpc::CallId(), answer);
}

// A wallet RPC that knows get_version: 1 at the first instance, 2 at the second.
Awaitable<ServerResponse> answer_version(ServerRequest request, std::uint32_t version) {
  ServerResponse response;
  const auto call = walletrpc::read_call(request.body);
  response.body =
      std::holds_alternative<walletrpc::Call>(call) ? version_answer(version) : "not a call";
  co_return response;
}

Awaitable<ServerResponse> answer_at(WaitList& gate) {
  co_await gate.wait();
  ServerResponse response;
  response.body = version_answer(1);
  co_return response;
}

class RpcTransportTest : public testing::Test {
 protected:
  ~RpcTransportTest() override { loop_.abandon(); }

  Endpoint serve(Handler handler, ServerLimits limits = {}) {
    if (!server_) server_ = std::make_unique<Server>(loop_.get_executor(), limits);
    return server_->listen(Endpoint{"127.0.0.1", 0}, std::move(handler));
  }

  Endpoint serve_raw(std::vector<Reply> replies) {
    raw_ = std::make_unique<RawServer>(loop_.get_executor(), std::move(replies));
    return raw_->endpoint();
  }

  void connect_to(std::vector<Endpoint> endpoints, TransportLimits limits = {}) {
    transport_ =
        std::make_unique<RpcTransport>(loop_.get_executor(), clock_, std::move(endpoints), limits);
  }

  CallResult<walletrpc::Answer> call(InstanceId instance = 0, Duration limit = 10s) {
    return run_on(loop_, transport_->call(instance, walletrpc::GetVersion(), std::nullopt,
                                          clock_.now() + limit));
  }

  // The version answered, or the error.
  std::string outcome(InstanceId instance = 0, Duration limit = 10s) {
    const auto result = call(instance, limit);
    if (result) {
      const auto& answer = get<AnswerTo<walletrpc::GetVersion>>(*result);
      return "version " + std::to_string(answer.value.version);
    }
    const CallError& error = result.error();
    return std::string(name_of(error.kind)) + (error.sent ? ", sent: " : ", not sent: ") +
           (error.kind == Kind::rpc_error ? std::to_string(error.code) + " " : "") + error.message;
  }

  RealLoop loop_;
  test::ManualClock clock_;  // stands still: a limit counts from when the request is made
  WaitList gate_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<RawServer> raw_;
  std::unique_ptr<RpcTransport> transport_;
};

TEST_F(RpcTransportTest, EachInstanceIsItsEndpoint) {
  const auto first = serve([](ServerRequest r) { return answer_version(std::move(r), 1); });
  const auto second = serve([](ServerRequest r) { return answer_version(std::move(r), 2); });
  connect_to({first, second});
  EXPECT_EQ(transport_->instances(), 2u);
  EXPECT_EQ(outcome(0), "version 1");
  EXPECT_EQ(outcome(1), "version 2");
}

TEST_F(RpcTransportTest, OneConnectionServesCallAfterCall) {
  connect_to({serve([](ServerRequest r) { return answer_version(std::move(r), 1); })});
  for (int i = 0; i < 10; ++i) EXPECT_EQ(outcome(), "version 1");
  EXPECT_EQ(server_->connections(), 1u);
}

TEST_F(RpcTransportTest, CallsAtOnceHaveConnectionsOfTheirOwnAndFewAreKept) {
  connect_to({serve([this](ServerRequest) { return answer_at(gate_); })});
  int answered = 0;
  for (int i = 0; i < 5; ++i)
    asio::co_spawn(loop_,
                   transport_->call(0, walletrpc::GetVersion(), std::nullopt, clock_.now() + 10s),
                   [&](std::exception_ptr, CallResult<walletrpc::Answer> result) {
                     answered += result.has_value();
                   });
  run_until(loop_, [&] { return gate_.size() == 5; });
  EXPECT_EQ(server_->connections(), 5u);
  gate_.wake_all();
  run_until(loop_, [&] { return answered == 5 && server_->connections() == 2; });
}

TEST_F(RpcTransportTest, AConnectionClosedWhileIdleIsReplacedUnnoticed) {
  ServerLimits limits;
  limits.quiet_time_max = 4ms;
  connect_to({serve([](ServerRequest r) { return answer_version(std::move(r), 1); }, limits)});
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(outcome(), "version 1");
    run_until(loop_, [&] { return server_->connections() == 0; });
  }
}

TEST_F(RpcTransportTest, AConnectionThatSpokeUnaskedIsReplaced) {
  connect_to({serve_raw({{http_answer(version_answer(1)) + "x", Reply::Then::hold},
                         {http_answer(version_answer(2)), Reply::Then::hold}})});
  EXPECT_EQ(outcome(), "version 1");
  EXPECT_EQ(outcome(), "version 2");
}

TEST_F(RpcTransportTest, ACallOfUnknownOutcomeIsNotRepeated) {
  connect_to({serve_raw({{"", Reply::Then::close}, {http_answer(version_answer(1))}})});
  EXPECT_THAT(outcome(), testing::StartsWith("outcome unknown, sent: "));
  EXPECT_EQ(raw_->accepted(), 1u);
  EXPECT_EQ(outcome(), "version 1");
}

TEST_F(RpcTransportTest, NobodyListens) {
  connect_to({test::closed_endpoint()});
  EXPECT_THAT(outcome(), testing::StartsWith("refused, not sent: cannot connect to 127.0.0.1:"));
}

TEST_F(RpcTransportTest, TheDeadlineIsKept) {
  connect_to({serve_raw({{http_answer(version_answer(1)), Reply::Then::hold}})});
  EXPECT_EQ(outcome(), "version 1");
  EXPECT_THAT(outcome(0, 3ms), testing::StartsWith("deadline, sent: no answer from 127.0.0.1:"));
  EXPECT_THAT(outcome(0, -1ms), testing::StartsWith("deadline, not sent: "));
}

TEST_F(RpcTransportTest, WhatTheWalletSaysIsAnRpcError) {
  const std::string error = walletrpc::write_error(
      walletrpc::CallId(), walletrpc::RpcError{-28, "This wallet is already multisig"});
  connect_to({serve_raw({{http_answer(error)}})});
  EXPECT_EQ(outcome(), "rpc error, sent: -28 This wallet is already multisig");
}

TEST_F(RpcTransportTest, OtherAnswersAreBadOnes) {
  connect_to({serve_raw({{http_answer("", "404 Not found")},
                         {http_answer("{}", "401 Unauthorized")},
                         {http_answer("<html>")},
                         {http_answer(R"({"result":{"release":true}})")},
                         {"garbage\r\n\r\n"}})});
  EXPECT_EQ(outcome(), "bad answer, sent: HTTP status 404");
  EXPECT_EQ(outcome(),
            "bad answer, sent: HTTP status 401: it wants a login, and not the one it got, if any");
  EXPECT_EQ(outcome(), "bad answer, sent: the answer can't be read: it is no JSON object");
  EXPECT_EQ(outcome(), "bad answer, sent: the answer can't be read: result.version is missing");
  EXPECT_THAT(outcome(), testing::StartsWith("bad answer, sent: "));
}

TEST_F(RpcTransportTest, CallsUnderWayAreDroppedWithTheLoopInAnyOrder) {
  for (const bool transport_first : {true, false}) {
    bool ended = false;
    RealLoop loop;
    WaitList gate;
    test::ManualClock clock;
    Server server(loop.get_executor(), ServerLimits());
    const Endpoint endpoint =
        server.listen(Endpoint{"127.0.0.1", 0}, [&](ServerRequest) { return answer_at(gate); });
    auto transport = std::make_unique<RpcTransport>(loop.get_executor(), clock,
                                                    std::vector<Endpoint>(1, endpoint));
    asio::co_spawn(loop,
                   transport->call(0, walletrpc::GetVersion(), std::nullopt, clock.now() + 1h),
                   [&](std::exception_ptr, CallResult<walletrpc::Answer>) { ended = true; });
    run_until(loop, [&] { return gate.size() == 1; });
    if (transport_first) transport.reset();
    loop.abandon();
    EXPECT_FALSE(ended);
  }
}

}  // namespace
}  // namespace escrowstorm::http
