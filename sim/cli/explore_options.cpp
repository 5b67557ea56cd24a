#include "sim/cli/explore_options.hpp"

#include <CLI/CLI.hpp>

#include "sim/cli/parse_arguments.hpp"

namespace escrowstorm::sim {
namespace {

constexpr const char* explore_name = "escrowstorm explore";
constexpr const char* replay_name = "escrowstorm replay";

constexpr std::uint64_t seeds_max = 1'000'000'000;

constexpr const char* explore_about =
    "Runs a scenario in the virtual world under many seeds, each with a schedule, latencies and\n"
    "faults of its own, until one breaks an invariant; makes that one as small as it gets, and\n"
    "tells its story.\n";

constexpr const char* explore_notes = R"(Examples:
  escrowstorm explore scenarios/history/shared-slots.json
  escrowstorm explore scenarios/storms/first.json --seeds 100000 --for 10m
  escrowstorm explore x.json --keep-going --require-probes --out nightly
                                     a replay file for each invariant that can be broken

What a seed draws of faults and policies stands in the scenario under "swarm", see
docs/scenarios.md. A replay file is run again by `escrowstorm replay`; put into
scenarios/regressions/ the tests run it from then on.

Exit status:
    0  no seed broke an invariant
    4  one did
    3  with --require-probes: a probe was never met that the scenario can meet
    2  bad usage or a bad scenario file
  130  interrupted
    1  a failure of our own
)";

constexpr const char* replay_about =
    "Runs what a replay file holds, in the virtual world, and tells the story of its failure.\n";

constexpr const char* replay_notes = R"(Exit status:
    4  the invariant broke as recorded
    0  no invariant broke: what it was written for is mended
    1  the run is not the recorded one (its digest differs), or another failure of our own
    2  bad usage or no replay file
  130  interrupted
)";

struct RawExplore {
  SearchFlags search;
  std::string out;
  ExploreCommand command;
};

void add_options(CLI::App& app, RawExplore& raw) {
  ExploreCommand& command = raw.command;
  add_search_flags(app, raw.search, command.first_seed, command.jobs);
  app.add_option("--seeds", command.seeds, "How many seeds")
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{1}, seeds_max))
      ->capture_default_str();
  app.add_flag("--keep-going", command.keep_going, "On after a violation, to find others");
  app.add_flag("--require-probes", command.require_probes,
               "Fail when a rare situation was never met that the scenario can lead to");
  app.add_option("--out", raw.out, "Where replay files go (default runs/explore-<scenario>)")
      ->type_name("DIR");
  app.add_flag("--quiet", command.quiet, "No progress");
}

std::variant<ExploreCommand, Answered> command_of(RawExplore raw, const CLI::App& app) {
  ExploreCommand command = std::move(raw.command);
  if (const auto wrong =
          read_search_flags(raw.search, app, command.first_seed, command.seeds, command))
    return refused_usage(*wrong, explore_name);
  if (app.count("--out") > 0) command.out = raw.out;
  return command;
}

}  // namespace

std::variant<ExploreCommand, Answered> read_explore_options(std::vector<std::string> arguments) {
  CLI::App app(explore_about, explore_name);
  app.footer(explore_notes);
  RawExplore raw;
  add_options(app, raw);
  if (auto answered = parse_arguments(app, std::move(arguments), explore_name))
    return std::move(*answered);
  return command_of(std::move(raw), app);
}

std::variant<ReplayCommand, Answered> read_replay_options(std::vector<std::string> arguments) {
  CLI::App app(replay_about, replay_name);
  app.footer(replay_notes);
  std::string file;
  std::string out;
  ReplayCommand command;
  app.add_option("FILE", file, "A replay file")->required();
  app.add_option("--out", out, "Where the files of the run go (default runs/replay-<name>)")
      ->type_name("DIR");
  app.add_flag("--quiet", command.quiet, "No story, only how it ended");
  if (auto answered = parse_arguments(app, std::move(arguments), replay_name))
    return std::move(*answered);
  command.file = file;
  if (app.count("--out") > 0) command.out = out;
  return command;
}

}  // namespace escrowstorm::sim
