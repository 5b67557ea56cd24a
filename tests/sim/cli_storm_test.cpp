// `run` as a whole on the mock world: files, statuses, and what happens when things go wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>
#include <variant>

#include "sim/cli/run.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/trace/digest.hpp"
#include "sim/trace/event_line.hpp"
#include "tests/support/eventually.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

class StormOnTheMock : public testing::Test {
 protected:
  ExitStatus run_with(std::vector<std::string> arguments,
                      std::string_view storm = R"("storm": {"escrows": 6, "concurrency": 4})") {
    const fs::path file = scratch_.path() / "x.json";
    std::ofstream(file) << R"({"name": "a", "fleet": {"instances": 9, "latency": "none"}, )"
                        << storm << "}";
    arguments.insert(arguments.begin(),
                     {file.string(), "--quiet", "--out", (scratch_.path() / "out").string()});
    return run(std::get<RunCommand>(read_command_line(arguments)), out_, err_);
  }

  std::string content_of(const char* name) const {
    std::ifstream in(scratch_.path() / "out" / name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }
  nlohmann::json summary() const { return nlohmann::json::parse(content_of("summary.json")); }

  ScratchDir scratch_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(StormOnTheMock, JsonOnStdoutIsTheSummaryAndNothingElse) {
  EXPECT_EQ(run_with({"--json", "--github", "--set",
                      "thresholds=[\"escrows.ready == 7\", \"rpc.store.count > 0 role buyer\"]"}),
            ExitStatus::threshold_missed);
  EXPECT_EQ(nlohmann::json::parse(out_.str()), summary());
  EXPECT_GT(summary()["selected"]["rpc.store.count role buyer"]["value"], 0);
  EXPECT_THAT(err_.str(), HasSubstr("::threshold: escrows.ready == 7: missed: it is 6\n"));
  EXPECT_THAT(content_of("junit.xml"), HasSubstr("<failure message=\"missed: it is 6\"/>"));
}

TEST_F(StormOnTheMock, AnEarlierRunsReportDoesNotStay) {
  EXPECT_EQ(run_with({"--github"}), ExitStatus::pass);
  EXPECT_THAT(out_.str(), Not(HasSubstr("::error")));
  EXPECT_THAT(content_of("junit.xml"), HasSubstr("failures=\"0\""));
  EXPECT_EQ(run_with({"--world", "regtest", "--monero-bin", "/nowhere"}), ExitStatus::world_failed);
  EXPECT_EQ(content_of("junit.xml"), "");
}

TEST_F(StormOnTheMock, AllBecomeReady) {
  EXPECT_EQ(run_with({}), ExitStatus::pass);
  EXPECT_EQ(err_.str(), "");
  EXPECT_THAT(out_.str(), HasSubstr("6 ready, 0 failed of 6"));
  const auto s = summary();
  EXPECT_EQ(s["escrows"]["ready"], 6);
  EXPECT_EQ(s["setup_ms"]["count"], 6);
  EXPECT_EQ(s["rpc"]["make_multisig"]["count"], 18);
  EXPECT_EQ(s["verdict"], "pass");
}

TEST_F(StormOnTheMock, TheTraceIsWhole) {
  EXPECT_EQ(run_with({}), ExitStatus::pass);
  const std::string trace = content_of("events.jsonl");
  std::istringstream lines(trace);
  EventLineReader reader;
  Digest digest;
  std::uint64_t seq = 0;
  for (std::string line; std::getline(lines, line); ++seq) {
    digest.add_line(line + "\n");
    const auto read = reader.read(line);
    ASSERT_TRUE(std::holds_alternative<TracedEvent>(read)) << line;
    EXPECT_EQ(std::get<TracedEvent>(read).seq, seq);
  }
  EXPECT_GT(seq, 6u * 3 * 8);
  EXPECT_EQ(summary()["digest"], digest.hex());
}

TEST_F(StormOnTheMock, AMissedThresholdIsToldAndReturned) {
  EXPECT_EQ(run_with({"--set", R"(thresholds=["escrows.ready > 6", "escrows.failed == 0"])"}),
            ExitStatus::threshold_missed);
  EXPECT_THAT(out_.str(), HasSubstr("MISSED"));
  const auto s = summary();
  EXPECT_EQ(s["verdict"], "fail");
  EXPECT_FALSE(s["thresholds"][0]["pass"]);
  EXPECT_TRUE(s["thresholds"][1]["pass"]);
}

TEST_F(StormOnTheMock, ABrokenThresholdEndsItEarlyAndAllIsWritten) {
  EXPECT_EQ(run_with({}, R"("storm": {"escrows": 400, "concurrency": 1}, "faults": [
                {"fault": "rpc_error", "code": -1, "message": "no", "method": "create_wallet"}],
                "thresholds": [{"threshold": "escrows.failed <= 2", "abort": true}])"),
            ExitStatus::threshold_missed);
  EXPECT_EQ(summary()["aborted"]["threshold"], "escrows.failed <= 2");
  EXPECT_GT(summary()["aborted"]["at_ms"], 0);
  EXPECT_EQ(summary()["escrows"]["started"], 3);
  EXPECT_EQ(summary()["escrows"]["unfinished"], 0);
  EXPECT_THAT(out_.str(), HasSubstr("ABORTED    after "));
  EXPECT_THAT(content_of("junit.xml"), HasSubstr("missed: it is 3; the run ended early for it"));
}

TEST_F(StormOnTheMock, AJourneyOfOneCallGoesOverTheInstancesInTurn) {
  EXPECT_EQ(run_with({}, R"("storm": {"escrows": 18, "journeys": [{"end": "call"}]},
                "thresholds": ["call_ms.count == 18", "escrows.completed == 18",
                               "rpc.get_version.count == 18 phase call"])"),
            ExitStatus::pass);
  EXPECT_THAT(out_.str(), HasSubstr("0 ready, 18 answered, 0 failed of 18\n"));
  EXPECT_EQ(run_with({"--set", "storm.journeys=[{\"end\": \"call\", \"method\": \"get_height\"}]"}),
            ExitStatus::pass);
  EXPECT_EQ(summary()["failures"][0]["count"], 6) << "no wallet is open anywhere";
  EXPECT_EQ(summary()["call_ms"]["count"], 0);
}

TEST_F(StormOnTheMock, AFullDiskLeavesTheSummaryOnTheScreen) {
  fs::create_directory(scratch_.path() / "out");
  fs::create_symlink("/dev/full", scratch_.path() / "out" / "events.jsonl");
  EXPECT_EQ(run_with({}), ExitStatus::own_failure);
  EXPECT_THAT(err_.str(), HasSubstr("events.jsonl: No space left on device"));
  EXPECT_THAT(out_.str(), HasSubstr("6 ready, 0 failed of 6"));
}

TEST_F(StormOnTheMock, AnEarlierRunIsReplaced) {
  EXPECT_EQ(run_with({}), ExitStatus::pass);
  EXPECT_EQ(run_with({"--escrows", "2"}), ExitStatus::pass);
  EXPECT_EQ(summary()["escrows"]["started"], 2);
  EXPECT_THAT(content_of("events.jsonl"), Not(HasSubstr("\"escrow\":5")));
}

// The soft limit of the process, lower as long as it lives.
class FewDescriptors {
 public:
  explicit FewDescriptors(rlim_t soft) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    rlimit few = before_;
    few.rlim_cur = soft;
    ::setrlimit(RLIMIT_NOFILE, &few);
  }
  ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

TEST_F(StormOnTheMock, ASharedFleetHasDescriptorsForAllItsCalls) {
  const FewDescriptors few(200);
  run_with({"--set", "coordinator.slots=shared_round_robin"}, R"("storm": {"escrows": 100})");
  EXPECT_THAT(err_.str(), "");
  EXPECT_THAT(summary()["errors"].dump(), Not(AnyOf(HasSubstr("refused"), HasSubstr("deadline"))));
}

TEST_F(StormOnTheMock, TooFewDescriptorsAreToldBeforeItBegins) {
  const auto with_few = [this] {
    constexpr rlimit few{300, 300};
    ::setrlimit(RLIMIT_NOFILE, &few);
    const ExitStatus status =
        run_with({"--set", "coordinator.slots=shared_round_robin"}, R"("storm": {"escrows": 100})");
    std::cerr << err_.str();
    std::exit(static_cast<int>(status));
  };
  EXPECT_EXIT(with_few(), testing::ExitedWithCode(6),
              "9 mock instances and 100 escrows at once .* the limit is 300: take fewer");
}

TEST_F(StormOnTheMock, AnInterruptedRunTellsWhatWasMeasured) {
  // The thread stands for the user: it presses ctrl-C once the first escrow's events are written.
  std::thread user([trace = scratch_.path() / "out" / "events.jsonl"] {
    const auto some_events = [&] {
      std::error_code not_yet;
      const auto size = fs::file_size(trace, not_yet);
      return !not_yet && size > 0;
    };
    if (test::eventually(some_events)) ::kill(::getpid(), SIGINT);
  });
  const ExitStatus status =
      run_with({"--set", "fleet.latency=measured"}, R"("storm": {"escrows": 100})");
  user.join();
  EXPECT_EQ(status, ExitStatus::interrupted);
  EXPECT_THAT(out_.str(), HasSubstr("INTERRUPTED"));
  const auto s = summary();
  EXPECT_TRUE(s["interrupted"]);
  EXPECT_EQ(s["escrows"]["started"], 100);
  EXPECT_GT(s["escrows"]["unfinished"], 0);
  EXPECT_EQ(s["verdict"], "fail");
}

}  // namespace
}  // namespace escrowstorm::sim
