// The stress list of the second founding note, once over real sockets; tests/sim has it for a
// thousand seeds in virtual time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "tests/e2e/sandbox.hpp"

namespace escrowstorm::e2e {
namespace {

using testing::SizeIs;

class StressList : public Sandbox {
 protected:
  // All escrows of a storm, with faults as JSON.
  void all_are_ready(const std::string& storm, const std::string& faults = "[]") {
    const auto file = write("stress.json", R"({"name": "stress", "world": "mock",
      "fleet": {"instances": 9, "latency": ")" +
                                               fast_profile() + R"("},
      "coordinator": {"call_deadline": "1s"}, "storm": )" +
                                               storm + R"(, "faults": )" + faults + "}");
    EXPECT_EQ(escrowstorm({"run", file.string()}), 0) << out_ << err_;
    EXPECT_EQ(summary()["escrows"]["ready"], summary()["escrows"]["planned"]) << out_;
    std::set<std::string> addresses;
    for (const auto& event : events())
      if (event["kind"] == "escrow" && event["phase"] == "publish")
        addresses.insert(event["message"].get<std::string>());
    EXPECT_THAT(addresses, SizeIs(summary()["escrows"]["planned"].get<std::size_t>()));
  }
};

TEST_F(StressList, TwoAtOnce) { all_are_ready(R"({"escrows": 2})"); }

TEST_F(StressList, TenAtOnce) { all_are_ready(R"({"escrows": 10})"); }

TEST_F(StressList, TenOneAfterAnother) { all_are_ready(R"({"escrows": 10, "concurrency": 1})"); }

TEST_F(StressList, AnInstanceDiesInEachPhase) {
  std::string faults;
  for (const char* method :
       {"create_wallet", "set_attribute", "store", "get_attribute", "prepare_multisig",
        "make_multisig", "exchange_multisig_keys", "is_multisig", "open_wallet", "close_wallet"})
    faults += std::string(faults.empty() ? "[" : ", ") +
              R"({"fault": "wallet_crash", "restart_after": "50ms", "nth": 2, "method": ")" +
              method + R"("})";
  all_are_ready(R"({"escrows": 10})", faults + "]");
}

TEST_F(StressList, TheDatabaseDiesWithItsCoordinator) {
  all_are_ready(R"({"escrows": 10})",
                R"([{"fault": "coordinator_crash", "from": "20ms", "every": "60ms", "at_most": 5,
                     "restart_after": "10ms"}])");
}

TEST_F(StressList, CallsRunOutOfTime) {
  all_are_ready(R"({"escrows": 10})",
                R"([{"fault": "lost_reply", "then": "silence", "probability": "3%", "at_most": 8},
                    {"fault": "dropped_call", "then": "silence", "probability": "3%", "at_most": 8}])");
}

}  // namespace
}  // namespace escrowstorm::e2e
