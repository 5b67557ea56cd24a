// What Connection makes of every way a request can go wrong.
#include "base/http/client.hpp"

#include <gmock/gmock.h>

#include <boost/asio/detached.hpp>
#include <memory>

#include "base/http/server.hpp"
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
using Kind = CallError::Kind;

const std::string ok_answer = "HTTP/1.1 200 Ok\r\nContent-Length: 2\r\n\r\nok";

class ClientTest : public testing::Test {
 protected:
  ~ClientTest() override { loop_.abandon(); }

  void answer_with(Reply reply) {
    server_ = std::make_unique<RawServer>(loop_.get_executor(), std::vector<Reply>(1, reply));
    connect_to(server_->endpoint());
  }

  void connect_to(const Endpoint& endpoint) {
    connection_ = std::make_unique<Connection>(loop_.get_executor(), clock_, endpoint, 1000);
  }

  CallResult<ClientResponse> post(Duration limit = 10s, std::string body = "{}") {
    return run_on(loop_, connection_->post("/json_rpc", std::move(body), clock_.now() + limit));
  }

  // "<kind>, sent" or "<kind>, not sent", and the connection must be closed.
  std::string failure(Duration limit = 10s, std::string body = "{}") {
    const auto response = post(limit, std::move(body));
    if (response) return "answered with " + response->body;
    EXPECT_FALSE(connection_->open());
    EXPECT_FALSE(response.error().message.empty());
    return std::string(name_of(response.error().kind)) +
           (response.error().sent ? ", sent" : ", not sent");
  }

  RealLoop loop_;
  test::ManualClock clock_;  // stands still: a limit counts from when the request is made
  std::unique_ptr<RawServer> server_;
  std::unique_ptr<Connection> connection_;
};

TEST_F(ClientTest, AnAnswerWithItsStatus) {
  answer_with({"HTTP/1.1 404 Not found\r\nContent-Length: 2\r\n\r\nno", Reply::Then::hold});
  const auto response = post();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 404u);
  EXPECT_EQ(response->body, "no");
  EXPECT_TRUE(connection_->open());
  EXPECT_FALSE(connection_->stale());
}

TEST_F(ClientTest, AnAnswerThatEndsWithTheConnection) {
  answer_with({"HTTP/1.1 200 OK\r\n\r\nuntil the end"});
  EXPECT_EQ(post()->body, "until the end");
  EXPECT_FALSE(connection_->open());
}

TEST_F(ClientTest, AnAnswerThatAnnouncesTheEndOfTheConnection) {
  answer_with({"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"});
  EXPECT_EQ(post()->body, "ok");
  EXPECT_FALSE(connection_->open());
}

TEST_F(ClientTest, NobodyListens) {
  connect_to(test::closed_endpoint());
  const auto response = post();
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, Kind::refused);
  EXPECT_FALSE(response.error().sent);
  EXPECT_THAT(response.error().message,
              testing::MatchesRegex("cannot connect to 127.0.0.1:[0-9]+: Connection refused"));
}

TEST_F(ClientTest, NamesAreResolved) {
  answer_with({ok_answer});
  connect_to(Endpoint{"localhost", server_->endpoint().port});
  EXPECT_EQ(failure(), "answered with ok");
  connect_to(Endpoint{"no..name", 80});
  EXPECT_EQ(failure(), "refused, not sent");
}

TEST_F(ClientTest, TheDeadlinePassesBeforeAnythingIsSent) {
  answer_with({ok_answer});
  EXPECT_EQ(failure(-1ms), "deadline, not sent");
  EXPECT_EQ(failure(0ms), "deadline, not sent");
  EXPECT_EQ(server_->accepted(), 0u);

  const test::FullServer full;
  connect_to(full.endpoint());
  EXPECT_EQ(failure(5ms), "deadline, not sent");
}

// Each on a connection that is there already: a busy machine may take longer than this to connect.
TEST_F(ClientTest, TheDeadlinePassesAfterSomethingWasSent) {
  const std::string half_answer = ok_answer.substr(0, ok_answer.size() - 1);
  const std::string large_body(20'000'000, 'x');  // of which the kernels take only a part
  const std::pair<std::string, std::string> rows[] = {
      {"", "{}"}, {half_answer, "{}"}, {"", large_body}};
  for (const auto& [second_answer, second_body] : rows) {
    answer_with({ok_answer + second_answer, Reply::Then::hold});
    ASSERT_TRUE(post());
    EXPECT_EQ(failure(3ms, second_body), "deadline, sent");
  }
}

TEST_F(ClientTest, TheConnectionBreaksBeforeTheAnswerIsComplete) {
  for (const auto then : {Reply::Then::close, Reply::Then::reset})
    for (const std::size_t bytes : {std::size_t{0}, std::size_t{5}, ok_answer.size() - 1}) {
      answer_with({ok_answer.substr(0, bytes), then});
      EXPECT_EQ(failure(), "outcome unknown, sent") << bytes;
    }
}

TEST_F(ClientTest, TheAnswerIsNoHttp) {
  for (const char* bytes :
       {"garbage\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 200 Ok\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 Ok\r\nno colon\r\n\r\n"}) {
    answer_with({bytes, Reply::Then::hold});
    EXPECT_EQ(failure(), "bad answer, sent") << bytes;
  }
}

TEST_F(ClientTest, TheAnswerIsTooBig) {
  answer_with({"HTTP/1.1 200 Ok\r\nContent-Length: 1001\r\n\r\n", Reply::Then::hold});
  EXPECT_EQ(failure(), "bad answer, sent");
  answer_with({"HTTP/1.1 200 Ok\r\n\r\n" + std::string(1001, 'x')});
  EXPECT_EQ(failure(), "bad answer, sent");
  answer_with({"HTTP/1.1 200 Ok\r\nX: " + std::string(100'000, 'x'), Reply::Then::hold});
  EXPECT_EQ(failure(), "bad answer, sent");
}

TEST_F(ClientTest, StaleIsWhatTheServerClosedOrSpokeOn) {
  answer_with({ok_answer, Reply::Then::hold});
  ASSERT_TRUE(post());
  EXPECT_FALSE(connection_->stale());
  server_.reset();  // closes the held end
  EXPECT_TRUE(connection_->stale());

  answer_with({ok_answer + "more", Reply::Then::hold});
  ASSERT_TRUE(post());
  EXPECT_TRUE(connection_->stale());
}

TEST_F(ClientTest, AfterAFailureItConnectsAgain) {
  server_ = std::make_unique<RawServer>(loop_.get_executor(),
                                        std::vector<Reply>{Reply{""}, Reply{ok_answer}});
  connect_to(server_->endpoint());
  EXPECT_EQ(failure(), "outcome unknown, sent");
  EXPECT_EQ(failure(), "answered with ok");
}

Awaitable<void> post_for_ever(Connection& connection, Clock& clock, bool& ended) {
  std::string body("{}");
  const TimePoint deadline = clock.now() + 1h;
  auto response = co_await connection.post("/json_rpc", std::move(body), deadline);
  ended = true;
}

TEST_F(ClientTest, ASuspendedRequestIsDroppedWithTheLoopInAnyOrder) {
  const test::FullServer full;
  for (const bool connection_first : {true, false})
    for (const bool connects : {true, false}) {
      bool ended = false;
      RealLoop loop;
      test::ManualClock clock;
      RawServer server(loop.get_executor(), {Reply{"", Reply::Then::hold}});
      auto connection = std::make_unique<Connection>(
          loop.get_executor(), clock, connects ? server.endpoint() : full.endpoint(), 1000);
      asio::co_spawn(loop, post_for_ever(*connection, clock, ended), asio::detached);
      loop.run_for(2ms);
      if (connection_first) connection.reset();
      loop.abandon();
      EXPECT_FALSE(ended);
    }
}

}  // namespace
}  // namespace escrowstorm::http
