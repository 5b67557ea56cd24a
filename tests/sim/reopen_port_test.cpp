// A port that was shut and that another program has taken: told, tried again, and not for ever. On
// real sockets, in virtual time.
#include "sim/faults/reopen_port.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>

#include "base/executors.hpp"
#include "base/rethrow.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "sim/world/world.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::SizeIs;

struct Recorder final : Observer {
  void on(const Event& event) override { events.push_back(event); }
  std::vector<Event> events;
};

class ReopenPort : public testing::Test {
 protected:
  // Another program listens there from now on.
  void take() {
    fleet_.shut_port(0);
    other_ = std::make_unique<http::Server>(loop_.get_executor(), http::ServerLimits());
    other_->listen(where_, [](http::ServerRequest) { return http::ServerResponse(); });
  }
  Awaitable<void> leave_at(Duration time) {
    const TimePoint due(time);
    co_await clock_.sleep_until(due);
    other_.reset();
  }

  // What it throws is kept.
  void reopen() {
    boost::asio::co_spawn(loop_, reopen_port(fleet_, 0, clock_, seen_),
                          [this](std::exception_ptr e) {
                            try {
                              if (e) std::rethrow_exception(e);
                            } catch (const WorldError& error) {
                              failure_ = error.what();
                            }
                          });
    clock_.run(loop_);
  }
  Duration now() const { return clock_.now().time_since_epoch(); }

  boost::asio::io_context loop_;
  test::ManualClock clock_;
  SingleExecutor executors_{loop_.get_executor()};
  mockrpc::MemoryStorage storage_;
  mockrpc::Fleet fleet_{clock_, executors_, Random(1), storage_,
                        mockrpc::FleetOptions{.instances = 1}};
  http::Server server_{loop_.get_executor(), http::ServerLimits()};
  const http::Endpoint where_ = fleet_.listen(server_, http::Endpoint{"127.0.0.1", 0}).front();
  std::unique_ptr<http::Server> other_;
  Recorder seen_;
  std::string failure_;
};

TEST_F(ReopenPort, AtOnceWhereNobodyHasIt) {
  fleet_.shut_port(0);
  reopen();
  EXPECT_TRUE(fleet_.is_port_open(0));
  EXPECT_EQ(now(), 0s);
  EXPECT_THAT(seen_.events, SizeIs(0));
}

TEST_F(ReopenPort, AsSoonAsTheOtherHasLeftIt) {
  take();
  boost::asio::co_spawn(loop_, leave_at(250ms), rethrow);
  reopen();
  EXPECT_TRUE(fleet_.is_port_open(0));
  EXPECT_EQ(now(), 300ms);
  ASSERT_THAT(seen_.events, SizeIs(1));
  EXPECT_EQ(seen_.events[0].phase, port_taken_phase);
  EXPECT_FALSE(seen_.events[0].ok);
  EXPECT_THAT(seen_.events[0].message, HasSubstr("cannot listen on " + where_.to_string()));
}

TEST_F(ReopenPort, OneThatStaysTakenEndsTheRun) {
  take();
  reopen();
  EXPECT_FALSE(fleet_.is_port_open(0));
  EXPECT_EQ(now(), 4900ms);
  EXPECT_THAT(failure_,
              HasSubstr("instance 0: its port was taken while it was shut: cannot listen"));
}

}  // namespace
}  // namespace escrowstorm::sim
