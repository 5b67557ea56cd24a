// `compare` as a whole: what it prints of real runs, its exit statuses, and what it refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <variant>

#include "sim/cli/command_line.hpp"
#include "sim/cli/compare.hpp"
#include "sim/cli/run.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/process/signal_watch.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ComparingRuns : public testing::Test {
 protected:
  std::string at(const std::string& name) const { return (scratch_.path() / name).string(); }

  // A run of two escrows in virtual time, in a folder of this name.
  void make_run(const std::string& name, int seed, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{ESCROWSTORM_SOURCE_DIR "/scenarios/storms/first.json",
                                       "--quiet",
                                       "--world",
                                       "virtual",
                                       "--escrows",
                                       "2",
                                       "--seed",
                                       std::to_string(seed),
                                       "--out",
                                       at(name)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    std::ostringstream ignored;
    run(std::get<RunCommand>(read_command_line(arguments)), ignored, ignored);
  }
  void make_set(const std::string& name, int first_seed, std::vector<std::string> more = {}) const {
    for (int i = 0; i < 5; ++i) make_run(name + "/" + std::to_string(i), first_seed + i, more);
  }

  ExitStatus compare_with(const std::string& a, const std::string& b,
                          std::vector<std::string> more = {}) {
    out_.str("");
    err_.str("");
    std::vector<std::string> arguments{"compare", at(a), at(b), "--quiet"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_compare(std::get<CompareCommand>(read_command_line(arguments)), out_, err_);
  }
  void expect_refused(const std::string& a, const std::string& why) {
    EXPECT_EQ(compare_with(a, a), ExitStatus::bad_usage);
    const std::string said = err_.str();
    EXPECT_THAT(said, AllOf(HasSubstr(at(a)), HasSubstr(why)));
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
    EXPECT_EQ(out_.str(), "");
  }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((scratch_.path() / name).parent_path());
    std::ofstream(at(name), std::ios::binary) << text;
  }

  ScratchDir scratch_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(ComparingRuns, ARunWithItselfIsIdentical) {
  make_run("a", 1);
  EXPECT_EQ(compare_with("a", "a"), ExitStatus::pass);
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("identical: the same events in both (digest "),
                                HasSubstr("1 run of first on virtual, seed 1"),
                                HasSubstr("nothing is known to be worse than allowed"),
                                Not(HasSubstr("NOT LIKE FOR LIKE"))));
  EXPECT_EQ(err_.str(), "");
}

TEST_F(ComparingRuns, TwoRunsOfOneSeedDivergeSomewhere) {
  make_run("a", 1);
  make_run("b", 1, {"--set", "coordinator.wait_after_make=5s"});
  compare_with("a", "b");
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("first event that differs: "),
                                HasSubstr("one run: not known: makespan_ms")));
  make_run("c", 2);
  compare_with("a", "c");
  EXPECT_THAT(out_.str(),
              AllOf(Not(HasSubstr("first event that differs")), HasSubstr("the seeds differ")));
}

TEST_F(ComparingRuns, ASetThatIsSlowerIsWorse) {
  make_set("a", 1);
  make_set("b", 11, {"--set", "coordinator.wait_after_make=5s"});
  EXPECT_EQ(compare_with("a", "b"), ExitStatus::threshold_missed);
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("setup_ms.p50"), HasSubstr("WORSE"),
                                HasSubstr("2000 resamples of the runs"),
                                HasSubstr("B is worse than allowed: makespan_ms")));
  EXPECT_EQ(compare_with("a", "b", {"--allow", "1000"}), ExitStatus::pass);
  EXPECT_EQ(compare_with("b", "a"), ExitStatus::pass);
  EXPECT_THAT(out_.str(), HasSubstr("better"));
}

TEST_F(ComparingRuns, SetsThatDifferBySeedsAloneAreNotWorse) {
  make_set("a", 1);
  make_set("b", 11);
  EXPECT_EQ(compare_with("a", "b", {"--allow", "0"}), ExitStatus::pass);
  EXPECT_THAT(out_.str(), HasSubstr(" within noise"));
  EXPECT_EQ(compare_with("a", "b", {"--all"}), ExitStatus::pass);
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("within noise"), HasSubstr("equal")));
}

TEST_F(ComparingRuns, JsonIsAllThatIsPrintedAndTheSameEachTime) {
  make_set("a", 1);
  make_set("b", 11, {"--set", "coordinator.wait_after_make=5s"});
  EXPECT_EQ(compare_with("a", "b", {"--json"}), ExitStatus::threshold_missed);
  const std::string first = out_.str();
  const auto json = nlohmann::json::parse(first);
  EXPECT_EQ(json["a"]["runs"].size(), 5u);
  EXPECT_EQ(json["resampled"], "runs");
  EXPECT_EQ(json["resamples"], 2000);
  EXPECT_TRUE(json["worse"]);
  EXPECT_TRUE(json["like_for_like"]);
  const auto metric = *std::find_if(json["metrics"].begin(), json["metrics"].end(),
                                    [](const auto& one) { return one["name"] == "makespan_ms"; });
  EXPECT_LT(metric["interval"][0], metric["difference"]);
  EXPECT_GT(metric["interval"][1], metric["difference"]);
  EXPECT_EQ(metric["worse_when"], "more");
  EXPECT_EQ(err_.str(), "");
  compare_with("a", "b", {"--json"});
  EXPECT_EQ(out_.str(), first);
}

TEST_F(ComparingRuns, MarkdownIsATableThatNobodyOutsideCanWriteInto) {
  make_run("a", 1);
  make_run("b", 1);
  std::ifstream in(at("b/summary.json"));
  auto json = nlohmann::json::parse(in);
  json["errors"].push_back({{"code", -1}, {"message", "x` | <b>@all"}, {"count", 2}});
  json["scenario"] = "<img>@all";
  write("b/summary.json", json.dump());
  compare_with("a", "b", {"--markdown", "--all"});
  EXPECT_THAT(out_.str(),
              AllOf(HasSubstr("| metric | A | B |"), HasSubstr("| `makespan_ms` |"),
                    HasSubstr("2 × error of calls: `-1 x' \\| <b>@all`"),
                    HasSubstr("**Not like for like:** scenarios: first and &lt;img\\>&#64;all")));
}

TEST_F(ComparingRuns, AllowsOnlyWhatThereIs) {
  make_run("a", 1);
  EXPECT_EQ(compare_with("a", "a", {"--allow", "setup_ms.p51=3"}), ExitStatus::bad_usage);
  EXPECT_THAT(err_.str(), HasSubstr("did you mean \"setup_ms.p50\"?"));
}

TEST_F(ComparingRuns, WhatIsNoRunIsRefusedInALine) {
  expect_refused("nowhere", "no such folder");
  write("file", "x");
  expect_refused("file", "is no folder");
  fs::create_directory(at("empty"));
  expect_refused("empty", "has no summary.json, nor has a folder in it");
  write("running/events.jsonl", "");
  expect_refused("running", "the run has not ended");
  write("garbage/summary.json", "{\"scenario\": ");
  expect_refused("garbage", "summary.json:1:14: no JSON");
  write("other/summary.json", "{\"name\": 1}");
  expect_refused("other", "summary.json:1:1: is no summary of a run");
  write("list/summary.json", "[1]");
  expect_refused("list", "is no summary of a run");
  write("deep/summary.json", std::string(100'000, '['));
  expect_refused("deep", "nested deeper than");
  write("huge/summary.json",
        R"({"scenario": "x", "world": "x", "digest": "x", "verdict": "pass", "seed": 1,
            "escrows": {}, "makespan_ms": 1e300})");
  expect_refused("huge", "summary.json:2:43: is no summary of a run: a number larger");
  write("large/summary.json", std::string(5 * 1024 * 1024, ' '));
  expect_refused("large", "is larger than 4096 KiB");
}

TEST_F(ComparingRuns, ATraceThatWasChangedOrLostIsRefused) {
  make_run("a", 1);
  fs::resize_file(at("a/events.jsonl"), fs::file_size(at("a/events.jsonl")) / 2);
  expect_refused("a", "events.jsonl:");
  fs::remove(at("a/events.jsonl"));
  expect_refused("a", "events.jsonl: cannot be read");
}

TEST_F(ComparingRuns, CopiesAndRunsThatHaveNotEndedAreLeftOut) {
  make_set("a", 1);
  fs::copy(at("a/0"), at("a/copy"));
  write("a/killed/events.jsonl", "");
  compare_with("a", "a");
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("5 runs of first"),
                                HasSubstr("A: 1 run left out that another run of the set repeats"),
                                HasSubstr("A: 1 run left out that has no summary.json")));
}

TEST_F(ComparingRuns, IsInterrupted) {
  make_run("a", 1);
  SignalWatch watch;
  std::raise(SIGINT);
  EXPECT_EQ(compare_with("a", "a"), ExitStatus::interrupted);
  EXPECT_EQ(out_.str(), "");
}

TEST(CompareOptions, WrongOnesAreRefused) {
  const auto said = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "compare");
    const Command command = read_command_line(arguments);
    const auto* answered = std::get_if<Answered>(&command);
    return answered != nullptr && answered->is_error ? answered->text : "taken";
  };
  EXPECT_THAT(said({}), HasSubstr("A is required"));
  EXPECT_THAT(said({"a"}), HasSubstr("B is required"));
  EXPECT_THAT(said({"a", "b", "--allow", "much"}), HasSubstr("--allow much: expected PERCENT"));
  EXPECT_THAT(said({"a", "b", "--json", "--markdown"}), HasSubstr("excludes"));
  EXPECT_EQ(said({"a", "b", "--allow", "3", "--allow", "rpc=9"}), "taken");
}

TEST(CompareOptions, HelpTeaches) {
  const Command command = read_command_line({"compare", "--help"});
  EXPECT_THAT(std::get<Answered>(command).text,
              AllOf(HasSubstr("Examples:"), HasSubstr("--markdown"), HasSubstr("Exit status")));
}

}  // namespace
}  // namespace escrowstorm::sim
