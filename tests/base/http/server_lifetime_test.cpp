// Descriptors, ports, and the ends of servers, clients and loops.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/detached.hpp>
#include <optional>
#include <system_error>

#include "tests/base/http/server_fixture.hpp"

namespace escrowstorm::http {
namespace {

namespace asio = boost::asio;

using ServerLifetimeTest = ServerTest;

// Allows no more descriptors than are open now, as long as it lives.
class NoDescriptorsLeft {
 public:
  NoDescriptorsLeft() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int first_free = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::close(first_free);
    rlimit now = before_;
    now.rlim_cur = static_cast<rlim_t>(first_free);
    ::setrlimit(RLIMIT_NOFILE, &now);
  }
  ~NoDescriptorsLeft() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

TEST_F(ServerLifetimeTest, AcceptingSurvivesRunningOutOfDescriptors) {
  const Endpoint endpoint = serve(echo);
  auto early = connection(endpoint);
  ASSERT_EQ(post(*early, "early"), "POST early");
  // Connected by the kernel; the server's end has no descriptor yet, and will get none.
  test::KernelClient late(endpoint);
  late.send(request("late"));
  auto exhausted = std::make_unique<NoDescriptorsLeft>();
  ASSERT_EQ(::dup(0), -1) << "no descriptor is left";
  let_pass(8ms);
  EXPECT_EQ(server_->connections(), 1u);
  EXPECT_EQ(post(*early, "still served"), "POST still served");

  exhausted.reset();
  std::string answer;
  run_until(loop_, [&] {
    answer += late.received();
    return answer.ends_with("POST late");
  });
  EXPECT_EQ(server_->connections(), 2u);
}

TEST_F(ServerLifetimeTest, AClientWithoutDescriptorsSaysSo) {
  const Endpoint endpoint = serve(echo);
  auto client = connection(endpoint);
  const NoDescriptorsLeft exhausted;
  const std::string answer = post(*client, "x");
  EXPECT_THAT(answer, testing::HasSubstr("Too many open files"));
  EXPECT_THAT(answer, testing::HasSubstr("ulimit -n"));
}

TEST_F(ServerLifetimeTest, ARequestWhoseClientHungUpIsStillHandled) {
  const Endpoint endpoint = serve(waiting_handler());
  run_on(loop_, test::raw_send(loop_.get_executor(), endpoint, request("x")));
  run_until(loop_, [&] { return gate_.size() == 1; });
  gate_.wake_one();
  run_until(loop_, [&] { return server_->connections() == 0; });
  EXPECT_EQ(finished_, 1);
}

TEST_F(ServerLifetimeTest, DestroyingItEndsPortsAndConnectionsButNotWhatIsHandled) {
  const Endpoint endpoint = serve(waiting_handler());
  const Endpoint echoing = server_->listen(Endpoint{"127.0.0.1", 0}, echo);
  auto idle = connection(echoing);
  ASSERT_EQ(post(*idle, "x"), "POST x");
  auto waiting = connection(endpoint);
  std::optional<CallError> error;
  asio::co_spawn(
      loop_, waiting->post("/json_rpc", "", clock_.now() + 10s),
      [&](std::exception_ptr, CallResult<ClientResponse> response) { error = response.error(); });
  run_until(loop_, [&] { return gate_.size() == 1; });

  server_.reset();
  run_until(loop_, [&] { return error.has_value(); });
  EXPECT_EQ(error->kind, CallError::Kind::outcome_unknown);
  EXPECT_TRUE(idle->stale());
  EXPECT_THAT(post(*connection(endpoint), ""), testing::HasSubstr("cannot connect"));
  gate_.wake_one();
  run_until(loop_, [&] { return finished_ == 1; });
  loop_.poll();
}

TEST_F(ServerLifetimeTest, NoHandlerIsCalledAfterItsEndHoweverFarARequestHadCome) {
  int handled_before_the_end = 0;
  for (int steps = 0; steps < 20; ++steps) {
    int handled = 0;
    const Endpoint endpoint = serve([&](ServerRequest request) {
      ++handled;
      return echo(std::move(request));
    });
    test::KernelClient client(endpoint);
    client.send(request("x"));
    loop_.restart();
    for (int i = 0; i < steps; ++i) loop_.poll_one();
    const int before = handled;
    server_.reset();
    loop_.poll();
    EXPECT_EQ(handled, before) << "after " << steps << " steps";
    handled_before_the_end += before;
  }
  EXPECT_GT(handled_before_the_end, 0);
  EXPECT_LT(handled_before_the_end, 20);
}

TEST_F(ServerLifetimeTest, SessionsAreDroppedWithTheLoop) {
  for (const bool server_first : {true, false}) {
    int finished = 0;
    RealLoop loop;
    WaitList gate;
    RealClock clock(loop.get_executor());
    auto server = std::make_unique<Server>(loop.get_executor(), ServerLimits());
    const Handler handler = [&](ServerRequest) { return wait_at(gate, finished); };
    const Endpoint endpoint = server->listen(Endpoint{"127.0.0.1", 0}, handler);
    Connection waiting(loop.get_executor(), clock, endpoint, 1000);
    asio::co_spawn(loop, waiting.post("/json_rpc", "", clock.now() + 10s), asio::detached);
    run_on(loop, test::raw_send(loop.get_executor(), endpoint, "POST /json_rpc HT"));
    run_until(loop, [&] { return gate.size() == 1; });
    if (server_first) server.reset();
    loop.abandon();
    EXPECT_EQ(finished, 0);
  }
}

TEST_F(ServerLifetimeTest, ATakenPortIsNamed) {
  const Endpoint taken = serve(echo);
  Server other(loop_.get_executor(), ServerLimits());
  try {
    other.listen(taken, echo);
    FAIL() << "listened on a taken port";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::address_in_use);
    EXPECT_EQ(std::string(error.what()),
              "cannot listen on " + taken.to_string() + ": Address already in use");
  }
}

TEST_F(ServerLifetimeTest, APlaceThatCannotBeHadIsNamed) {
  Server server(loop_.get_executor(), ServerLimits());
  for (const char* host : {"192.0.2.1", "no.address", ""}) try {
      server.listen(Endpoint{host, 1}, echo);
      FAIL() << host;
    } catch (const std::system_error& error) {
      EXPECT_THAT(error.what(), testing::StartsWith("cannot listen on " + std::string(host)));
    }
}

}  // namespace
}  // namespace escrowstorm::http
