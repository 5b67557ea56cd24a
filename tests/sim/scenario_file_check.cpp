// One scenario file: it reads, its name is the file's, and where it says what to expect of the
// mock, it comes out so with every seed from 1 to 20. Latencies are left out, so that 20 runs take
// seconds; exit status 1 and a line for each breach.
#include <filesystem>
#include <iostream>
#include <sstream>

#include "sim/cli/run.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/scenario/reader.hpp"

namespace {

namespace fs = std::filesystem;
using namespace escrowstorm::sim;

constexpr std::uint64_t seeds = 20;

bool comes_out_as_expected(const fs::path& file, std::uint64_t seed) {
  const ScratchDir scratch;
  RunCommand command;
  command.scenario = file;
  command.out = scratch.path() / "out";
  command.quiet = true;
  const std::string seed_set = "seed=" + std::to_string(seed);
  for (const std::string& set : {std::string("fleet.latency=none"), seed_set})
    command.overrides.push_back(std::get<Override>(Override::parse(set)));
  std::ostringstream out;
  run(command, out, std::cerr);
  if (out.str().find("expected   yes") != std::string::npos) return true;
  std::cerr << file.string() << ": seed " << seed << ": not as expected\n" << out.str();
  return false;
}

bool check_outcome(const fs::path& file, const Scenario& scenario) {
  if (scenario.expect->exit == 0) return comes_out_as_expected(file, scenario.seed);
  bool all = true;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed)
    all = comes_out_as_expected(file, seed) && all;
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 1;
  const fs::path file = argv[1];
  const auto read = load_scenario(file);
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read)) {
    for (const std::string& error : *errors) std::cerr << error << '\n';
    return 1;
  }
  const auto& scenario = std::get<Scenario>(read);
  if (scenario.name != file.stem()) {
    std::cerr << file.string() << ": is named \"" << scenario.name << "\"\n";
    return 1;
  }
  if (!scenario.expect || scenario.world != "mock") return 0;
  return check_outcome(file, scenario) ? 0 : 1;
}
