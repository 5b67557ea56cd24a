// How a Server speaks, and what it puts up with.
#include "base/http/server.hpp"

#include <boost/asio/detached.hpp>
#include <regex>
#include <vector>

#include "base/http/session.hpp"
#include "tests/base/http/server_fixture.hpp"

namespace escrowstorm::http {
namespace {

namespace asio = boost::asio;

std::string undated(const std::string& answer) {
  static const std::regex date(
      "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} 20[0-9]{2} "
      "[0-9]{2}:[0-9]{2}:[0-9]{2} GMT");
  return std::regex_replace(answer, date, "DATE");
}

TEST_F(ServerTest, AnswersInTheRealOnesWordsAndOrder) {
  const Endpoint endpoint = serve(echo);
  EXPECT_EQ(undated(exchange(endpoint, request("hello", "Connection: close\r\n"))),
            "HTTP/1.1 200 Ok\r\n"
            "Server: Epee-based\r\n"
            "Content-Length: 10\r\n"
            "Content-Type: application/json\r\n"
            "Last-Modified: DATE\r\n"
            "Accept-Ranges: bytes\r\n"
            "Connection: close\r\n"
            "\r\n"
            "POST hello");
}

std::string without_body(const std::string& headers = "") {
  return "GET /json_rpc HTTP/1.1\r\nHost: test\r\n" + headers + "\r\n";
}

TEST_F(ServerTest, KeepsConnectionsAndAnswersInOrder) {
  const Endpoint endpoint = serve([number = 0](ServerRequest) mutable {
    ServerResponse response;
    response.body = "answer " + std::to_string(++number);
    return response;
  });
  const std::string answers = undated(
      exchange(endpoint, without_body() + without_body() + without_body("Connection: close\r\n")));
  const auto one = answers.find("bytes\r\n\r\nanswer 1HTTP/1.1 200 Ok");
  const auto two = answers.find("bytes\r\n\r\nanswer 2HTTP/1.1 200 Ok");
  const auto three = answers.find("bytes\r\nConnection: close\r\n\r\nanswer 3");
  EXPECT_LT(one, two);
  EXPECT_LT(two, three);
  EXPECT_NE(three, answers.npos);
}

TEST_F(ServerTest, WhatFollowsABodyWaitsForTheNextRead) {
  const Endpoint endpoint = serve(echo);
  test::KernelClient client(endpoint);
  client.send(request("1") + request("2"));
  std::string answers;
  run_until(loop_, [&] {
    answers += client.received();
    return answers.ends_with("POST 1");
  });
  let_pass(4ms);
  EXPECT_EQ(client.received(), "");
  client.send("\r\n");
  run_until(loop_, [&] {
    answers += client.received();
    return answers.ends_with("POST 2");
  });
}

TEST_F(ServerTest, Http10IsKeptAliveAsTheRealOneDoes) {
  const Endpoint endpoint = serve(echo);
  const std::string answers =
      exchange(endpoint, "GET /json_rpc HTTP/1.0\r\nHost: test\r\n\r\n" +
                             request("2", "Connection: Close\r\n", "POST /json_rpc HTTP/1.0"));
  EXPECT_THAT(answers, testing::HasSubstr("GET HTTP/1.1 200 Ok"));
  EXPECT_TRUE(answers.ends_with("POST 2"));
}

TEST_F(ServerTest, ConnectionsAreClosedWhenAskedAlsoBehindALateAnswer) {
  const Endpoint endpoint = serve(waiting_handler());
  test::KernelClient client(endpoint);
  client.send(without_body("Connection: close\r\n") + without_body());
  run_until(loop_, [&] { return gate_.size() == 1; });
  gate_.wake_all();
  run_until(loop_, [&] { return server_->connections() == 0; });
  EXPECT_EQ(finished_, 1);
}

TEST_F(ServerTest, ConnectionsAreClosedWhenAskedAlsoBehindAnAnswerThatIsTakenSlowly) {
  const std::size_t more_than_the_kernel_takes = 40'000'000;
  const Endpoint endpoint = serve([=](ServerRequest) {
    ServerResponse response;
    response.body.assign(more_than_the_kernel_takes, 'x');
    return response;
  });
  const std::string answers =
      exchange(endpoint, without_body("Connection: close\r\n") + without_body());
  EXPECT_GT(answers.size(), more_than_the_kernel_takes);
  EXPECT_LT(answers.size(), 2 * more_than_the_kernel_takes);
}

TEST_F(ServerTest, AnyMethodReachesTheHandlerAndHeadGetsNoBody) {
  const Endpoint endpoint = serve(echo);
  for (const char* method : {"GET", "PUT", "DELETE", "TRACE", "post"})
    EXPECT_TRUE(exchange(endpoint, request("", "Connection: close\r\n",
                                           std::string(method) + " /json_rpc HTTP/1.1"))
                    .ends_with("\r\n\r\n" + std::string(method) + " "));
  const std::string head =
      exchange(endpoint, request("x", "Connection: close\r\n", "HEAD /json_rpc HTTP/1.1"));
  EXPECT_THAT(head, testing::HasSubstr("Content-Length: 6\r\n"));
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
}

// What is done to the body of an answer is done to no head.
TEST_F(ServerTest, AHeadIsWholeWhateverBecomesOfTheBody) {
  const auto head_of = [this](Delivery delivery, Pace pace) {
    ServerResponse response;
    response.body.assign(1'000, 'x');
    response.delivery = delivery;
    response.pace = pace;
    const Endpoint endpoint = serve([response](ServerRequest) { return response; });
    return exchange(endpoint, request("x", "Connection: close\r\n", "HEAD /json_rpc HTTP/1.1"));
  };
  for (const std::string& head :
       {head_of(Delivery::half, {}), head_of(Delivery::sent, {10, Duration(1)})}) {
    EXPECT_THAT(head, testing::HasSubstr("Content-Length: 1000\r\n"));
    EXPECT_EQ(head.find("\r\n\r\n"), head.size() - 4);
  }
}

TEST_F(ServerTest, UnknownPathsAreNotFound) {
  const Endpoint endpoint = serve(echo);
  EXPECT_EQ(
      undated(exchange(endpoint, request("x", "Connection: close\r\n", "POST /other HTTP/1.1"))),
      "HTTP/1.1 404 Not found\r\n"
      "Server: Epee-based\r\n"
      "Content-Length: 0\r\n"
      "Content-Type: text/plain\r\n"
      "Last-Modified: DATE\r\n"
      "Accept-Ranges: bytes\r\n"
      "Connection: close\r\n"
      "\r\n");
}

TEST_F(ServerTest, ChunksAreNoBody) {
  const Endpoint endpoint = serve(echo);
  EXPECT_TRUE(exchange(endpoint,
                       "POST /json_rpc HTTP/1.1\r\nConnection: close\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
                  .ends_with("POST "));
}

TEST_F(ServerTest, WhatIsNoHttpOrTooBigIsHungUpOn) {
  ServerLimits limits;
  limits.bytes_max = 100;
  const Endpoint endpoint = serve(echo, limits);
  EXPECT_EQ(exchange(endpoint, "garbage\r\n\r\n"), "");
  EXPECT_EQ(exchange(endpoint, request(std::string(100, 'x'))), "");
  EXPECT_EQ(exchange(endpoint, request("", "X: " + std::string(100, 'x') + "\r\n")), "");
  EXPECT_TRUE(exchange(endpoint, request("ten bytes.", "Connection: close\r\n"))
                  .ends_with("POST ten bytes."));
}

TEST_F(ServerTest, AHalfSentRequestIsTimedOut) {
  ServerLimits limits;
  limits.quiet_time_max = 3ms;
  const Endpoint endpoint = serve(echo, limits);
  EXPECT_EQ(exchange(endpoint, "POST /json_rpc HTTP/1.1\r\nConte"), "");
  EXPECT_EQ(exchange(endpoint, "POST /json_rpc HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc"), "");
}

// In the following two the request is there before the connection is accepted: a busy machine may
// take longer than these limits to send one.
TEST_F(ServerTest, AnIdleConnectionIsTimedOut) {
  ServerLimits limits;
  limits.quiet_time_max = 3ms;
  const Endpoint endpoint = serve(echo, limits);
  EXPECT_EQ(exchange(endpoint, ""), "");
  test::KernelClient client(endpoint);
  client.send(request("served"));
  std::string answer;
  run_until(loop_, [&] {
    answer += client.received();
    return answer.ends_with("POST served") && server_->connections() == 0;
  });
}

TEST_F(ServerTest, AHandlerMayTakeLongerThanARequestMay) {
  ServerLimits limits;
  limits.quiet_time_max = 3ms;
  const Endpoint endpoint = serve(waiting_handler(), limits);
  test::KernelClient client(endpoint);
  client.send(request("x"));
  run_until(loop_, [&] { return gate_.size() == 1; });
  let_pass(8ms);
  EXPECT_EQ(server_->connections(), 1u);
  gate_.wake_one();
  std::string answer;
  run_until(loop_, [&] {
    answer += client.received();
    return answer.starts_with("HTTP/1.1 200 Ok") && server_->connections() == 0;
  });
}

TEST_F(ServerTest, ConnectionsOfOnePortAreServedConcurrently) {
  const Endpoint endpoint = serve(waiting_handler());
  int answered = 0;
  std::vector<std::unique_ptr<Connection>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(connection(endpoint));
    asio::co_spawn(loop_, clients.back()->post("/json_rpc", "", clock_.now() + 10s),
                   [&](std::exception_ptr, CallResult<ClientResponse>) { ++answered; });
  }
  run_until(loop_, [&] { return gate_.size() == 3; });
  gate_.wake_all();
  run_until(loop_, [&] { return answered == 3; });
  EXPECT_EQ(finished_, 3);
}

TEST(SessionPort, KnowsPrivateAddressesInBothForms) {
  ServerLimits limits;
  limits.connections_per_private_ip_max = 2;
  limits.connections_per_public_ip_max = 1;
  const auto lets_in = [&](const char* text) {
    SessionPort port(echo, HeaderLines::searched);
    const auto from = asio::ip::make_address(text);
    return port.admit(limits, from) + port.admit(limits, from) + port.admit(limits, from);
  };
  for (const char* from :
       {"127.0.0.1", "192.168.1.7", "::1", "::ffff:127.0.0.1", "::ffff:10.1.2.3"})
    EXPECT_EQ(lets_in(from), 2) << from;
  for (const char* from : {"9.9.9.9", "2620:fe::9", "::ffff:9.9.9.9"})
    EXPECT_EQ(lets_in(from), 1) << from;
}

TEST_F(ServerTest, EachPortHasItsHandler) {
  const Endpoint first = serve(echo);
  const Endpoint second = server_->listen(Endpoint{"127.0.0.1", 0}, [](ServerRequest request) {
    request.body += " at the second port";
    return echo(std::move(request));
  });
  EXPECT_NE(first.port, second.port);
  EXPECT_EQ(post(*connection(first), "x"), "POST x");
  EXPECT_EQ(post(*connection(second), "x"), "POST x at the second port");
}

TEST_F(ServerTest, ManyConnectionsStayOpenAndAreCounted) {
  const Endpoint endpoint = serve(echo);
  std::vector<std::unique_ptr<Connection>> clients;
  for (int i = 0; i < 200; ++i) {
    clients.push_back(connection(endpoint));
    ASSERT_EQ(post(*clients.back(), std::to_string(i)), "POST " + std::to_string(i));
  }
  EXPECT_EQ(server_->connections(), 200u);
  for (auto& client : clients) ASSERT_EQ(post(*client, "again"), "POST again");
  clients.clear();
  run_until(loop_, [&] { return server_->connections() == 0; });
}

TEST_F(ServerTest, BigBodiesPassBothWays) {
  const Endpoint endpoint = serve(echo);
  const std::string body(900'000, 'x');
  const auto client = connection(endpoint);
  EXPECT_EQ(post(*client, body), "POST " + body);
  EXPECT_EQ(post(*client, "small"), "POST small");
}

}  // namespace
}  // namespace escrowstorm::http
