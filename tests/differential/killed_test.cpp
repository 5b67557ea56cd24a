// A process killed after each step of a set-up: what the real one has lost then the mock has lost,
// and no more.
#include <gtest/gtest.h>

#include "tests/differential/arena.hpp"

namespace escrowstorm::differential {
namespace {

using nlohmann::json;

const json switched_on{{"enable_multisig_experimental", true}};

// What a wallet has to go through, up to the step after which its process is killed, and what a
// client would do next.
struct Way {
  const char* begins_as;  // a stage of the stock; none: it is created
  std::vector<std::string> until;
  std::vector<std::string> then;
};

const Way ways[] = {
    {"", {}, {"prepare", "make prepared"}},
    {"fresh", {"prepare"}, {"make prepared", "exchange made"}},
    {"fresh", {"prepare", "make prepared"}, {"make prepared", "exchange made"}},
    {"made", {"exchange made"}, {"exchange made", "exchange exchanged"}},
    {"exchanged", {"exchange exchanged"}, {"exchange exchanged", "export"}},
};

// The parameter is a role: its wallet is open on the instance of that number.
class Killed : public testing::TestWithParam<int> {
 protected:
  static void SetUpTestSuite() {
    arena_ =
        std::make_unique<Arena>(std::make_unique<RealFleet>(), std::make_unique<MockProcesses>());
    arena_->lay_in_stock();
  }
  static void TearDownTestSuite() { arena_.reset(); }

  Step call(std::string method, json params = json::object()) const {
    Step step;
    step.at = GetParam();
    step.method = std::move(method);
    step.params = std::move(params);
    return step;
  }

  // "exchange made": with the messages that ended that stage.
  Step step(const std::string& word) const {
    if (word == "prepare") return call("prepare_multisig", switched_on);
    if (word == "export") return call("export_multisig_info");
    const std::string stage = word.substr(word.find(' ') + 1);
    json messages = json::array();
    for (int other = 0; other < instances; ++other) {
      if (other == GetParam()) continue;
      messages.push_back("${stock:" + stage + "_" + std::to_string(other) + "}");
    }
    json params{{"multisig_info", std::move(messages)}, {"password", ""}};
    if (word.starts_with("exchange")) return call("exchange_multisig_keys", params);
    params["threshold"] = 2;
    return call("make_multisig", params);
  }

  Sequence beginning(const std::string& stage) const {
    const json wallet{{"filename", "killed_${run}"}, {"password", ""}, {"language", "English"}};
    if (stage.empty()) return {call("create_wallet", wallet)};
    Step copy;
    copy.copy_from = "stock_" + stage + "_" + std::to_string(GetParam());
    copy.copy_to = "killed_${run}";
    return {copy, call("open_wallet", wallet)};
  }

  Sequence labels() const {
    return {call("set_attribute", {{"key", "saved"}, {"value", "1"}}), call("store"),
            call("set_attribute", {{"key", "lost"}, {"value", "1"}})};
  }

  Sequence looks() const {
    return {call("open_wallet", {{"filename", "killed_${run}"}, {"password", ""}}),
            call("is_multisig"),
            call("get_address"),
            call("get_attribute", {{"key", "saved"}}),
            call("get_attribute", {{"key", "lost"}}),
            call("query_key", {{"key_type", "mnemonic"}})};
  }

  Sequence steps(const std::vector<std::string>& words) const {
    Sequence sequence;
    for (const std::string& word : words) sequence.push_back(step(word));
    return sequence;
  }

  static void expect_alike(Match& match, const Sequence& sequence) {
    for (const Step& next : sequence) {
      if (HasFailure()) return;
      if (const auto parting = match.play(next)) ADD_FAILURE() << parting->what;
    }
  }

  static inline std::unique_ptr<Arena> arena_;
};

TEST_P(Killed, AfterAnyStepItReopensAlike) {
  for (const Way& way : ways) {
    SCOPED_TRACE(std::string("killed when ") + (way.until.empty() ? "created" : way.until.back()));
    Match match = arena_->begin();
    expect_alike(match, beginning(way.begins_as));
    expect_alike(match, labels());
    expect_alike(match, steps(way.until));
    arena_->kill_and_restart(GetParam());
    expect_alike(match, looks());
    expect_alike(match, steps(way.then));
  }
}

INSTANTIATE_TEST_SUITE_P(Role, Killed, testing::Range(0, instances));

}  // namespace
}  // namespace escrowstorm::differential
