// One file under scenarios/. A scenario reads, its name is the file's, and where it says what to
// expect it comes out so: in the virtual world with two seeds, or with 20 where something is to go
// wrong; and one that is made for the mock there too, without latencies. A replay file keeps the
// invariant that it once broke. Exit status 1 and a line for each breach.
#include <filesystem>
#include <iostream>
#include <sstream>
#include <variant>

#include "sim/cli/run.hpp"
#include "sim/explore/replay_file.hpp"
#include "sim/explore/virtual_run.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/scenario/reader.hpp"

namespace {

namespace fs = std::filesystem;
using namespace escrowstorm::sim;

constexpr std::uint64_t seeds_that_pass = 2;
constexpr std::uint64_t seeds_that_fail = 20;

bool comes_out_as_expected(const fs::path& file, const std::string& world, std::uint64_t seed) {
  const ScratchDir scratch;
  RunCommand command;
  command.scenario = file;
  command.out = scratch.path() / "out";
  command.quiet = true;
  std::vector<std::string> sets{"world=" + world, "seed=" + std::to_string(seed)};
  if (world == "mock") sets.emplace_back("fleet.latency=none");
  for (const std::string& set : sets)
    command.overrides.push_back(std::get<Override>(Override::parse(set)));
  std::ostringstream out;
  run(command, out, std::cerr);
  if (out.str().find("expected   yes") != std::string::npos) return true;
  std::cerr << file.string() << ": " << world << ", seed " << seed << ": not as expected\n"
            << out.str();
  return false;
}

bool check_outcome(const fs::path& file, const Scenario& scenario) {
  const std::uint64_t seeds = scenario.expect->exit == 0 ? seeds_that_pass : seeds_that_fail;
  bool all = true;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed)
    all = comes_out_as_expected(file, "virtual", seed) && all;
  if (scenario.world == "mock") all = comes_out_as_expected(file, "mock", scenario.seed) && all;
  return all;
}

bool check_scenario(const fs::path& file) {
  const auto read = load_scenario(file);
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read)) {
    for (const std::string& error : *errors) std::cerr << error << '\n';
    return false;
  }
  const auto& scenario = std::get<Scenario>(read);
  if (scenario.name != file.stem()) {
    std::cerr << file.string() << ": is named \"" << scenario.name << "\"\n";
    return false;
  }
  return !scenario.expect || check_outcome(file, scenario);
}

bool check_replay(const fs::path& file, const Replay& replay) {
  const VirtualOutcome outcome = run_virtually(replay.scenario);
  const auto* violation = outcome.violation_of(replay.invariant);
  if (violation)
    std::cerr << file.string() << ": " << replay.invariant << ": " << violation->what << '\n';
  return !violation;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 1;
  const fs::path file = argv[1];
  const bool is_replay = file.filename().string().starts_with("replay-");
  if (!is_replay) return check_scenario(file) ? 0 : 1;
  const auto loaded = load_replay(file);
  if (const auto* replay = std::get_if<Replay>(&loaded)) return check_replay(file, *replay) ? 0 : 1;
  for (const std::string& error : std::get<std::vector<std::string>>(loaded))
    std::cerr << error << '\n';
  return 1;
}
