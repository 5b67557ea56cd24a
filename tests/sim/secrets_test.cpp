// Whole lives with everything going wrong, and nothing that a run says or leaves has a secret in
// it: no password, key, message or txset, and no address but its beginning.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "coordinator/store/escrow_database.hpp"
#include "sim/cli/command_line.hpp"
#include "sim/cli/explore.hpp"
#include "sim/cli/replay.hpp"
#include "sim/cli/run.hpp"
#include "sim/explore/replay_file.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/report/summary_table.hpp"
#include "sim/run/run_files.hpp"
#include "sim/run/storm_run.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/scenario/writer.hpp"
#include "sim/trace/trace_writer.hpp"
#include "sim/world/worlds.hpp"
#include "tests/sim/secret_hunt.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using Kind = SecretHunt::Kind;

std::string shipped(const std::string& name) { return ESCROWSTORM_SOURCE_DIR "/scenarios/" + name; }

// Three escrows that are paid out, in seconds of real time, with faults of each kind.
Scenario rough_life(const std::string& world) {
  std::vector<Override> overrides;
  const auto set = [&](const char* path, std::string value) {
    overrides.push_back({"--set", path, std::move(value)});
  };
  set("world", world);
  set("storm.escrows", "3");
  set("fleet.latency", "none");
  set("calm.at", "3s");
  set("coordinator.setup_attempts", "100");
  set("coordinator.call_deadline", "500ms");
  set("faults", R"([
    {"fault": "lost_reply", "probability": "3%", "then": "reset"},
    {"fault": "dropped_call", "probability": "3%", "then": "silence"},
    {"fault": "rpc_error", "probability": "5%", "code": -1, "message": "injected",
     "method": ["refresh", "get_balance", "export_multisig_info", "import_multisig_info"]},
    {"fault": "wallet_crash", "probability": "1%", "when": "after", "restart_after": "100ms"},
    {"fault": "coordinator_crash", "every": "700ms", "at_most": 3, "restart_after": "50ms"}
  ])");
  return std::get<Scenario>(load_scenario(shipped("storms/quick-life.json"), overrides));
}

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

class Secrets : public testing::Test {
 protected:
  // Runs it as `run` does, watched by the hunt.
  void hunt_in(const Scenario& scenario, const fs::path& folder) {
    fs::create_directories(folder);
    TraceWriter trace(folder / "events.jsonl");
    RunWatch watch(scenario, true);
    watch.ledger.add(hunt_);
    WorldOptions options;
    options.scratch = scratch_.path();
    options.database_key = key_;
    options.ledger = &watch.ledger;
    options.faults = &watch.faults;
    const auto world = find_world(scenario.world)->make(scenario, Random(scenario.seed), options);
    {
      StormRun storm(scenario, *world, watch, {&trace});
      storm.run(nullptr);
      trace.flush();
      const Summary summary = storm.summary("");
      EXPECT_FALSE(write_json(folder / "summary.json", to_json(summary)));
      said_ += summary_table(summary, scenario.about);
      completed_ = summary.escrows.completed;
    }
    look_at(folder / "events.jsonl");
    look_at(folder / "summary.json");
  }

  void look_at(const fs::path& file) {
    const std::string text = content_of(file);
    EXPECT_GT(text.size(), 500u) << file;
    EXPECT_EQ(hunt_.found_in(text), "") << file;
  }

  void expect_that_all_kinds_were_met() const {
    for (const Kind kind : {Kind::password, Kind::key_message, Kind::sync_info, Kind::txset,
                            Kind::secret_key, Kind::seed, Kind::address})
      EXPECT_GT(hunt_.count(kind), 2u) << static_cast<int>(kind);
  }

  ScratchDir scratch_;
  const coordinator::DatabaseKey key_ =
      std::get<coordinator::DatabaseKey>(coordinator::DatabaseKey::read(std::string(64, '7')));
  SecretHunt hunt_;
  std::string said_;
  std::uint64_t completed_ = 0;
};

TEST_F(Secrets, AreFoundWhereTheyAre) {
  hunt_in(rough_life("virtual"), scratch_.path() / "run");
  coordinator::EscrowRecord record;
  record.passwords[0] = std::string(20, 'p') + std::string(20, 'q');
  record.address = std::string(95, '4');
  hunt_.durable(record);
  const std::string& password = record.passwords[0];
  EXPECT_NE(hunt_.found_in("... " + password + " ..."), "");
  EXPECT_NE(hunt_.found_in(password.substr(0, 24)), "");
  EXPECT_EQ(hunt_.found_in(record.address.substr(0, 10) + "..."), "");
  EXPECT_NE(hunt_.found_in("met " + record.address), "");
  EXPECT_EQ(hunt_.found_in("met " + record.address, {Kind::address}), "");
}

TEST_F(Secrets, AreNotInWhatARunLeavesInTheVirtualWorld) {
  const Scenario scenario = rough_life("virtual");
  hunt_in(scenario, scratch_.path() / "watched");
  EXPECT_EQ(completed_, scenario.storm.escrows);
  expect_that_all_kinds_were_met();

  // The same run once more, as a user has it.
  const fs::path file = scratch_.path() / "life.json";
  ASSERT_FALSE(write_json(file, scenario_json(scenario)));
  std::ostringstream out;
  std::ostringstream err;
  const fs::path folder = scratch_.path() / "run";
  run(std::get<RunCommand>(read_command_line({"run", file.string(), "--out", folder.string()})),
      out, err);
  look_at(folder / "events.jsonl");
  look_at(folder / "summary.json");
  EXPECT_EQ(hunt_.found_in(out.str() + err.str() + said_), "") << out.str() << err.str();
}

TEST_F(Secrets, AreNotInWhatARunLeavesInTheMockWorld) {
  const Scenario scenario = rough_life("mock");
  hunt_in(scenario, scratch_.path() / "run");
  EXPECT_EQ(completed_, scenario.storm.escrows);
  expect_that_all_kinds_were_met();
  EXPECT_EQ(hunt_.found_in(said_), "");

  // The database keeps addresses, which are no secret, as they are.
  const fs::path file = scratch_.path() / "coordinator.db";
  const std::string database = content_of(file);
  EXPECT_NE(hunt_.found_in(database), "") << "no address in " << database.size() << " bytes";
  EXPECT_EQ(hunt_.found_in(database, {Kind::address}), "");

  const std::size_t passwords = hunt_.count(Kind::password);
  const auto records = coordinator::EscrowDatabase::open(file, key_).value().read_all();
  ASSERT_EQ(records->size(), scenario.storm.escrows);
  for (const coordinator::EscrowRecord& record : *records) hunt_.durable(record);
  EXPECT_EQ(hunt_.count(Kind::password), passwords) << "none that the wallets were not given";
}

// What a search tells of a failure, and what it writes down.
TEST_F(Secrets, AreNotInAStoryOrAReplayFile) {
  for (const char* name : {"canaries/one_payout.json", "canaries/own_wallet_only.json",
                           "canaries/fresh_nonces.json", "canaries/one_address.json"}) {
    SCOPED_TRACE(name);
    const fs::path folder = scratch_.path() / fs::path(name).stem();
    std::ostringstream out;
    std::ostringstream err;
    run_explore(std::get<ExploreCommand>(read_command_line(
                    {"explore", shipped(name), "--seeds", "20", "--out", folder.string()})),
                out, err);
    std::size_t replays = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
      ++replays;
      std::ostringstream replayed;
      const fs::path again = scratch_.path() / "again";
      run_replay(std::get<ReplayCommand>(
                     read_command_line({"replay", entry.path().string(), "--out", again.string()})),
                 replayed, err);
      hunt_in(std::get<Replay>(load_replay(entry.path())).scenario, scratch_.path() / "watched");
      out << replayed.str() << content_of(entry.path());
      look_at(again / "events.jsonl");
    }
    EXPECT_GT(replays, 0u);
    EXPECT_GT(hunt_.count(Kind::password), 2u);
    EXPECT_EQ(hunt_.found_in(out.str() + err.str()), "") << out.str() << err.str();
  }
}

}  // namespace
}  // namespace escrowstorm::sim
