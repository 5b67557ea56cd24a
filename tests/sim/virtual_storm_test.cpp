// `run` as a whole in the virtual world: the same outcome as over sockets, and the same every time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sim/cli/run.hpp"
#include "sim/explore/swarm.hpp"
#include "sim/explore/virtual_run.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/trace/digest.hpp"
#include "tests/support/environment.hpp"

namespace escrowstorm::sim {
namespace {

using nlohmann::json;

// The escrows that became ready, and how many calls of which method each took.
struct Seen {
  std::map<int, bool> ready;
  std::map<int, std::map<std::string, int>> calls;

  friend bool operator==(const Seen&, const Seen&) = default;
};

class VirtualStorm : public testing::Test {
 protected:
  static std::string first_storm() { return ESCROWSTORM_SOURCE_DIR "/scenarios/storms/first.json"; }

  ExitStatus run_with(std::vector<std::string> arguments, const std::string& out = "out") {
    arguments.insert(arguments.begin(), {"--quiet", "--out", (scratch_.path() / out).string()});
    return run(std::get<RunCommand>(read_command_line(arguments)), table_, err_);
  }

  json summary(const std::string& out = "out") const {
    return json::parse(std::ifstream(scratch_.path() / out / "summary.json"));
  }

  Seen seen(const std::string& out) const {
    Seen seen;
    std::ifstream events(scratch_.path() / out / "events.jsonl");
    for (std::string line; std::getline(events, line);) {
      const json event = json::parse(line);
      if (event["kind"] == "rpc") ++seen.calls[event["escrow"]][event["method"]];
      if (event["kind"] == "escrow" && event["phase"] == "ended")
        seen.ready[event["escrow"]] = event["ok"];
    }
    return seen;
  }

  ScratchDir scratch_;
  std::ostringstream table_;
  std::ostringstream err_;
};

TEST_F(VirtualStorm, IsReadyAsOverSockets) {
  const std::vector<std::string> storm{first_storm(), "--set", "fleet.latency=none"};
  auto in_world = [&](const char* world) {
    auto arguments = storm;
    arguments.insert(arguments.end(), {"--world", world});
    return arguments;
  };
  EXPECT_EQ(run_with(in_world("virtual"), "virtual"), ExitStatus::pass) << err_.str();
  EXPECT_EQ(run_with(in_world("mock"), "mock"), ExitStatus::pass) << err_.str();
  const Seen virtually = seen("virtual");
  EXPECT_EQ(virtually.ready.size(), 10u);
  EXPECT_EQ(virtually, seen("mock"));
}

TEST_F(VirtualStorm, TakesItsTimeInVirtualTimeOnly) {
  EXPECT_EQ(run_with({first_storm(), "--world", "virtual"}), ExitStatus::pass) << err_.str();
  EXPECT_GT(summary()["makespan_ms"], 5000.0);
}

// Also of other builds and machines. A change of what a run does changes it: look whether it was
// meant to, then write the new one here.
TEST_F(VirtualStorm, HasItsGoldenDigest) {
  EXPECT_EQ(run_with({first_storm(), "--world", "virtual", "--seed", "1"}), ExitStatus::pass);
  EXPECT_EQ(summary()["digest"], "c5fd61465f866d8c");
}

// With faults, restarts and a schedule that chooses: all that draws.
TEST_F(VirtualStorm, HasItsGoldenDigestWhereThingsGoWrong) {
  const std::string rough = ESCROWSTORM_SOURCE_DIR "/scenarios/storms/rough.json";
  const auto scenario = std::get<Scenario>(load_scenario(rough));
  Digest all;
  for (std::uint64_t seed = 1; seed <= 20; ++seed)
    all.add_line(run_virtually(draw(scenario, seed)).digest);
  EXPECT_EQ(all.hex(), "c474e294496ee887");
}

TEST_F(VirtualStorm, AnotherSeedIsAnotherRun) {
  EXPECT_EQ(run_with({first_storm(), "--world", "virtual", "--seed", "1"}, "1"), ExitStatus::pass);
  EXPECT_EQ(run_with({first_storm(), "--world", "virtual", "--seed", "2"}, "2"), ExitStatus::pass);
  EXPECT_NE(summary("1")["digest"], summary("2")["digest"]);
}

TEST_F(VirtualStorm, AsBytesItIsTheSameRun) {
  EXPECT_EQ(run_with({first_storm(), "--world", "virtual"}, "values"), ExitStatus::pass);
  EXPECT_EQ(run_with({first_storm(), "--world", "virtual", "--wire-faithful"}, "bytes"),
            ExitStatus::pass);
  EXPECT_EQ(summary("values")["digest"], summary("bytes")["digest"]);
}

TEST_F(VirtualStorm, TwiceItIsTheSame) {
  const std::string rough = ESCROWSTORM_SOURCE_DIR "/scenarios/storms/rough.json";
  EXPECT_EQ(run_with({rough, "--check-determinism", "--set",
                      R"(faults=[{"fault": "lost_reply", "probability": "5%"}])"}),
            ExitStatus::pass)
      << err_.str();
  EXPECT_THAT(table_.str(), testing::HasSubstr("twice      the same"));
  EXPECT_EQ(run_with({first_storm(), "--check-determinism"}), ExitStatus::bad_usage);
}

TEST_F(VirtualStorm, FaultsNeedAMock) {
  EXPECT_EQ(run_with({first_storm(), "--world", "regtest", "--set",
                      R"(faults=[{"fault": "lost_reply", "nth": 1}])"}),
            ExitStatus::bad_usage);
  EXPECT_THAT(err_.str(), testing::HasSubstr("this scenario has faults"));
}

TEST_F(VirtualStorm, BytesAreForTheVirtualWorld) {
  EXPECT_EQ(run_with({first_storm(), "--wire-faithful"}), ExitStatus::bad_usage);
  EXPECT_THAT(err_.str(), testing::HasSubstr("--wire-faithful goes with the virtual world"));
}

}  // namespace
}  // namespace escrowstorm::sim
