// An instance dies, hangs or falls silent at each call of a set-up, and every escrow becomes ready
// all the same: on other instances, or on these when they are back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <variant>

#include "sim/explore/virtual_run.hpp"
#include "sim/scenario/reader.hpp"

namespace escrowstorm::sim {
namespace {

constexpr int calls_of_one_role = 13;  // the last one closes, when all is over

struct Outage {
  const char* about;
  const char* fault;  // without its trigger
};

constexpr Outage outages[] = {
    {"dies before, and is back soon",
     R"("fault": "wallet_crash", "when": "before", "restart_after": "20ms")"},
    {"dies before, and is back late",
     R"("fault": "wallet_crash", "when": "before", "restart_after": "30s")"},
    {"dies after, and is back soon",
     R"("fault": "wallet_crash", "when": "after", "restart_after": "20ms")"},
    {"dies after, and is back late",
     R"("fault": "wallet_crash", "when": "after", "restart_after": "30s")"},
    {"dies between two calls",
     R"("fault": "wallet_crash", "when": "after", "delay": "1ms", "restart_after": "20ms")"},
    {"hangs", R"("fault": "slow_reply", "delay": "45s")"},
    {"never answers that call", R"("fault": "dropped_call", "then": "silence")"},
    {"answers that call to nobody", R"("fault": "lost_reply", "then": "reset")"},
};

Scenario storm_with(const Outage& outage, int nth, int instances) {
  const std::string text = R"({"name": "outage", "world": "virtual", "storm": {"escrows": 4},
      "coordinator": {"call_deadline": "10s"}, "fleet": {"instances": )" +
                           std::to_string(instances) + R"(}, "faults": [{)" + outage.fault +
                           R"(, "escrow": 1, "role": "vendor", "nth": )" + std::to_string(nth) +
                           "}]}";
  auto read = parse_scenario(text, "test.json");
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read))
    throw std::runtime_error(errors->front());
  return std::get<Scenario>(read);
}

struct Attempts final : Observer {
  void on(const Event& event) override {
    if (event.kind == EventKind::escrow) started_over += event.phase == "started_over";
    if (event.kind == EventKind::lease) suspended += event.phase == "suspended";
  }
  int started_over = 0;
  int suspended = 0;
};

TEST(VirtualOutages, WhereverAnInstanceFailsEveryEscrowBecomesReady) {
  for (const Outage& outage : outages) {
    int started_over = 0;
    int suspended = 0;
    for (const int instances : {3, 7}) {
      for (int nth = 1; nth <= calls_of_one_role; ++nth) {
        SCOPED_TRACE(testing::Message()
                     << outage.about << ", call " << nth << ", " << instances << " instances");
        Attempts attempts;
        VirtualListeners listeners;
        listeners.observer = &attempts;
        const VirtualOutcome outcome = run_virtually(storm_with(outage, nth, instances), listeners);
        EXPECT_EQ(outcome.escrows.ready, 4u);
        EXPECT_EQ(outcome.escrows.failed, 0u);
        EXPECT_TRUE(outcome.violations.empty()) << outcome.violations.front().what;
        EXPECT_LE(attempts.started_over, 1);
        started_over += attempts.started_over;
        suspended += attempts.suspended;
      }
    }
    EXPECT_GT(started_over, 5) << outage.about << ": was there an outage at all?";
    EXPECT_TRUE(suspended > 0 || std::string_view(outage.about) == "dies between two calls");
  }
}

}  // namespace
}  // namespace escrowstorm::sim
