// What the caller has of each call fault, and what it does to the wallet: in process and in virtual
// time, and over real sockets. Both worlds are held to the same words.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <variant>

#include "base/http/rpc_transport.hpp"
#include "base/real_clock.hpp"
#include "base/real_loop.hpp"
#include "base/rethrow.hpp"
#include "mockrpc/fleet/fleet.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "sim/faults/engine.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/virtual/in_process_transport.hpp"
#include "tests/base/http/run_on.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;

struct Case {
  const char* name;
  const char* fault;   // of the first create_wallet
  const char* caller;  // what the caller has of it
  bool executed;       // whether the wallet is there then
  Duration after;      // in virtual time, where create_wallet takes 2 s and a refusal 1 s
};

void PrintTo(const Case& met, std::ostream* out) { *out << met.fault; }

constexpr Duration deadline = 10s;

const Case cases[] = {
    {"none", R"("fault": "lost_reply", "nth": 9)", "answered", true, 2s},
    {"slow_reply", R"("fault": "slow_reply", "delay": "1ms")", "answered", true, 2001ms},
    {"slow_reply_uniform",
     R"("fault": "slow_reply", "delay": "1ms", "spread": "uniform", "up_to": "1ms")", "answered",
     true, 2001ms},
    {"dribble", R"("fault": "dribble", "bytes": 40, "pause": "1ms")", "answered", true, 2002ms},
    {"bandwidth", R"("fault": "bandwidth", "bytes_per_second": 10000)", "answered", true, 2010ms},
    {"lost_reply", R"("fault": "lost_reply")", "outcome unknown", true, 2s},
    {"dropped_call", R"("fault": "dropped_call")", "outcome unknown", false, 0s},
    {"rpc_error", R"("fault": "rpc_error", "code": -7, "message": "no")", "rpc error -7", false,
     1s},
    {"reset_before", R"("fault": "connection_reset", "when": "before")", "outcome unknown by reset",
     false, 0s},
    {"reset_during", R"("fault": "connection_reset", "when": "during")", "outcome unknown by reset",
     true, 0s},
    {"reset_after", R"("fault": "connection_reset")", "outcome unknown by reset", true, 2s},
    {"empty_reply", R"("fault": "empty_reply")", "outcome unknown", true, 2s},
    {"accept_and_hang", R"("fault": "accept_and_hang")", "deadline", false, deadline},
    {"truncated_body", R"("fault": "truncated_body")", "outcome unknown", true, 2s},
    {"malformed_json", R"("fault": "malformed_json")", "bad answer", true, 2s},
    {"wrong_content_length", R"("fault": "wrong_content_length")", "bad answer", true, 2s},
    {"http_status_before", R"("fault": "http_status", "status": 502)", "bad answer HTTP status 502",
     false, 1s},
    {"http_status_after", R"("fault": "http_status", "status": 500, "when": "after")",
     "bad answer HTTP status 500", true, 2s},
    {"busy", R"("fault": "busy")", "bad answer HTTP status 503", false, 1s},
    {"duplicate_delivery", R"("fault": "duplicate_delivery")", "rpc error -21", true, 4s},
};

constexpr std::string_view seconds_each =
    R"({"unit": "ms", "methods": {"create_wallet": {"p50": 2000, "cpu_p50": 0},
                                  "get_version": {"p50": 1000, "cpu_p50": 0}}})";

mockrpc::LatencyProfile in_seconds() {
  return std::get<mockrpc::LatencyProfile>(
      mockrpc::LatencyProfile::parse(seconds_each, "test", mockrpc::default_version_name));
}

// No fault here acts on the world.
struct NoWorld final : WorldControl {
  std::uint32_t instances() const override { return 1; }
  void kill_instance(std::uint32_t) override {}
  void start_instance(std::uint32_t) override {}
  void hang_instance(std::uint32_t) override {}
  void resume_instance(std::uint32_t) override {}
  void open_port(std::uint32_t) override {}
  void suspend_coordinator() override {}
  void resume_coordinator() override {}
  void crash_coordinator() override {}
  void start_coordinator() override {}
  void steal_slot(std::uint32_t, std::string) override {}
  mockrpc::Fleet& fleet() override { throw std::logic_error("no fleet"); }
  mockrpc::Chain& chain() override { throw std::logic_error("no chain"); }
  Bank* bank() override { return nullptr; }
  std::vector<std::string> wallets() const override { return {}; }
};

struct Nobody final : Observer {
  void on(const Event&) override {}
};

struct Seen {
  std::string caller;
  bool executed = false;
  Duration after{};
};

std::string words(const CallResult<walletrpc::Answer>& result) {
  if (result) return "answered";
  const CallError& error = result.error();
  std::string text(name_of(error.kind));
  if (error.kind == CallError::Kind::rpc_error) text += " " + std::to_string(error.code);
  if (error.message.find("reset") != std::string::npos) text += " by reset";
  if (error.message.starts_with("HTTP")) text += " " + error.message;
  return text;
}

Awaitable<Seen> ask(Transport& transport, Clock& clock, Duration within) {
  const TimePoint began = clock.now();
  const CallFor whom{7, Role::buyer};
  const TimePoint until = began + within;
  walletrpc::Request create = walletrpc::CreateWallet{"a", "", "English"};
  const auto created = co_await transport.call(0, std::move(create), whom, until);
  Seen seen;
  seen.caller = words(created);
  seen.after = clock.now() - began;
  walletrpc::OpenWallet open;
  open.filename = "a";
  walletrpc::Request request = std::move(open);
  const TimePoint late = clock.now() + 1h;
  const auto opened = co_await transport.call(0, std::move(request), whom, late);
  seen.executed = opened.has_value();
  co_return seen;
}

Scenario scenario_with(const std::string& fault) {
  auto read = parse_scenario(
      R"({"name": "a", "faults": [{"method": "create_wallet", )" + fault + "}]}", "x.json");
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read))
    throw std::runtime_error(errors->front());
  return std::get<Scenario>(std::move(read));
}

// A fleet of one and the faults of a scenario, on either clock.
struct Rig {
  Rig(Clock& clock, const Executor& executor, const std::string& fault,
      mockrpc::LatencyProfile latency)
      : scenario(scenario_with(fault)),
        executors(executor),
        engine(scenario.faults, scenario.calm, world, clock, executor, nobody, Random(1)),
        fleet(clock, executors, Random(1), storage,
              mockrpc::FleetOptions{
                  .instances = 1, .latency = std::move(latency), .faults = &engine}) {}

  const Scenario scenario;
  NoWorld world;
  Nobody nobody;
  SingleExecutor executors;
  mockrpc::MemoryStorage storage;
  FaultEngine engine;
  mockrpc::Fleet fleet;
};

Seen in_virtual_time(const std::string& fault, Carried carried) {
  boost::asio::io_context loop{1};
  test::ManualClock clock;
  Rig rig(clock, loop.get_executor(), fault, in_seconds());
  InProcessTransport transport(rig.fleet, clock, carried);
  Seen seen;
  boost::asio::co_spawn(loop, ask(transport, clock, deadline),
                        [&seen](std::exception_ptr thrown, Seen result) {
                          if (thrown) std::rethrow_exception(thrown);
                          seen = std::move(result);
                        });
  clock.run(loop);
  return seen;
}

// Only what never answers meets its deadline.
Seen over_sockets(const std::string& fault, Duration within) {
  RealLoop loop;
  RealClock clock(loop.get_executor());
  Rig rig(clock, loop.get_executor(), fault, mockrpc::LatencyProfile());
  http::Server server(loop.get_executor(), http::ServerLimits());
  http::RpcTransport transport(loop.get_executor(), clock,
                               rig.fleet.listen(server, http::Endpoint{"127.0.0.1", 0}));
  Seen seen = test::run_on(loop, ask(transport, clock, within));
  loop.abandon();
  return seen;
}

class CallFaults : public testing::TestWithParam<Case> {};

TEST_P(CallFaults, AreMetAlikeInProcessAndOverSockets) {
  const Case& met = GetParam();
  for (const Carried carried : {Carried::as_values, Carried::as_bytes}) {
    const Seen here = in_virtual_time(met.fault, carried);
    EXPECT_EQ(here.caller, met.caller);
    EXPECT_EQ(here.executed, met.executed);
    EXPECT_EQ(here.after, met.after);
  }
  const bool is_silent = met.after == deadline;
  const Seen there = over_sockets(met.fault, is_silent ? Duration(20ms) : Duration(1h));
  EXPECT_EQ(there.caller, met.caller);
  EXPECT_EQ(there.executed, met.executed);
  const bool is_answered = there.caller == "answered";  // there executing takes no time
  if (is_answered) {
    EXPECT_GE(there.after, met.after - 2s);
  }
}

INSTANTIATE_TEST_SUITE_P(All, CallFaults, testing::ValuesIn(cases),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace escrowstorm::sim
