#include "sim/cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "sim/cli/override_flags.hpp"
#include "sim/report/wording.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

constexpr const char* about =
    "Drives a storm of Monero 2-of-3 multisig escrows through a real coordinator over a fleet of\n"
    "wallet RPC instances, and says how it went.\n";

constexpr const char* examples = R"(Examples:
  escrowstorm                                     the first storm, against the mock
  escrowstorm scenarios/storms/thousand.json      a scenario file alone means "run" on it
  escrowstorm run scenarios/storms/first.json --world virtual
                                                  in virtual time: over at once, the same each time
  escrowstorm run scenarios/storms/first.json --world regtest --escrows 3
                                                  the same against real programs, on loopback
  escrowstorm run x.json --world live --rpc http://127.0.0.1:38083 --rpc ...
  escrowstorm run x.json --set fleet.cores=2 --set 'thresholds=["setup_ms.p99 < 60s"]'
  escrowstorm run x.json --explain                in words what it does; runs nothing
  escrowstorm scenarios                           the scenarios that ship, a line each
  escrowstorm faults                              what can go wrong, with its keys
  escrowstorm schema                              a JSON Schema of scenarios, for editors
  escrowstorm doctor x.json                       whether this machine carries it, in each world
  escrowstorm explore scenarios/history/shared-slots.json
                                                  many seeds, until one breaks an invariant
  escrowstorm replay FILE                         that failure again; both have their own --help
  escrowstorm ablate scenarios/history/003-stagger-and-purge.json
                                                  which of its waits can go, and why not the others
  escrowstorm compare runs/before runs/after      two runs or sets of runs: what differs by more
                                                  than noise, and whether it is worse
  escrowstorm capacity scenarios/storms/first.json
                                                  how many its fleet carries, and what limits it
  escrowstorm calibrate --rpc ... --out mine.json how long your fleet's calls take: a latency
                                                  profile for the mock; see its own --help
  escrowstorm conformance DIR --rpc ...           plays recorded sessions of the real wallet RPC
                                                  against a fleet; see its own --help
Scenario keys, thresholds and the files of a run: docs/scenarios.md

Exit status, the first that applies:
    1  a failure of our own: a file that could not be written, a bug
    2  bad usage or a bad scenario file
    6  the world could not be set up: a port taken, an RPC unreachable, a program missing
  130  interrupted
    4  an invariant violated (docs/invariants.md)
    5  escrows that never ended
    3  a threshold missed
    0  pass
)";

// What CLI11 fills; strings, since the scenario reader checks values and names the option.
struct RawOptions {
  std::string scenario, world, seed;
  OverrideFlags overrides;
  WorldFlags in_world;
  std::string out;
  bool quiet = false;
  bool wire_faithful = false;
  bool check_determinism = false;
  bool explain = false;
  bool json = false;
  bool github = false;
};

std::string world_help() {
  std::string text = "Where it runs, instead of what the scenario says:";
  for (const WorldKind& kind : worlds())
    text += "\n" + std::string(kind.name) + ": " + std::string(kind.about);
  return text;
}

CLI::App* add_run(CLI::App& app, RawOptions& raw) {
  CLI::App* run = app.add_subcommand("run", about);
  run->footer(examples);
  run->add_option("SCENARIO", raw.scenario,
                  "Scenario file; without one scenarios/storms/first.json");
  run->add_option("--world", raw.world, world_help())->type_name("W");
  run->add_option("--seed", raw.seed, "The number behind every choice the harness makes")
      ->type_name("N");
  add_override_flags(*run, raw.overrides);
  run->add_option("--out", raw.out,
                  "Where the files go (default runs/<scenario>-<world>-<seed>); files of an "
                  "earlier run there are replaced")
      ->type_name("DIR");
  run->add_flag("--quiet", raw.quiet, "No progress, only the summary");
  add_world_flags(*run, raw.in_world);
  run->add_flag("--wire-faithful", raw.wire_faithful,
                "Let calls of the virtual world pass as the bytes that HTTP would carry");
  run->add_flag("--check-determinism", raw.check_determinism,
                "Run twice in the virtual world and name the first event that differs");
  run->add_flag("--explain", raw.explain,
                "Say in words what the scenario does with all that was set here, and run nothing");
  run->add_flag("--json", raw.json, "Print the content of summary.json and nothing else to stdout");
  run->add_flag("--github", raw.github,
                "Print what failed as annotations of a GitHub job (with --json: to stderr)");
  return run;
}

bool looks_like_scenario(const std::string& argument) {
  std::error_code failed;
  return argument.ends_with(".json") || argument.find('/') != argument.npos ||
         fs::is_regular_file(argument, failed);
}

// `run` may be left out before a scenario or an option.
bool means_run(const std::vector<std::string>& arguments) {
  if (arguments.empty()) return true;
  const std::string& first = arguments.front();
  const bool general = first == "--help" || first == "-h" || first == "--version";
  if (first == "run") return false;  // also where there is a file of that name
  return (first.starts_with('-') && !general) || looks_like_scenario(first);
}

Command command_of(RawOptions raw, const CLI::App& run) {
  RunCommand command;
  const auto given = [&](const char* name) { return run.count(name) > 0; };
  if (given("SCENARIO")) command.scenario = raw.scenario;
  auto overrides = overrides_of(raw.overrides, run);
  if (const auto* wrong = std::get_if<std::string>(&overrides)) return refused_usage(*wrong);
  command.overrides = std::get<std::vector<Override>>(std::move(overrides));
  if (given("--world")) command.overrides.push_back({"--world " + raw.world, "world", raw.world});
  if (given("--seed")) command.overrides.push_back({"--seed " + raw.seed, "seed", raw.seed});
  if (given("--out")) command.out = raw.out;
  command.in_world = std::move(raw.in_world);
  command.quiet = raw.quiet;
  command.wire_faithful = raw.wire_faithful;
  command.check_determinism = raw.check_determinism;
  command.explain = raw.explain;
  command.json = raw.json;
  command.github = raw.github;
  return command;
}

}  // namespace

Answered refused_usage(const std::vector<std::string>& complaints, const std::string& help_of) {
  std::string text;
  for (const std::string& complaint : complaints) text += "escrowstorm: " + complaint + "\n";
  return Answered{text + help_of + " --help shows how it is used\n", true};
}

Answered refused_usage(const std::string& what, const std::string& help_of) {
  return refused_usage(std::vector<std::string>{what}, help_of);
}

Command read_command_line(std::vector<std::string> arguments) {
  const auto any = [](auto&& read) -> Command { return std::move(read); };
  const std::string word = arguments.empty() ? "" : arguments.front();
  const std::vector<std::string> rest(arguments.begin() + (arguments.empty() ? 0 : 1),
                                      arguments.end());
  if (word == "ablate") return std::visit(any, read_ablate_options(rest));
  if (word == "compare") return std::visit(any, read_compare_options(rest));
  if (word == "capacity") return std::visit(any, read_capacity_options(rest));
  if (word == "calibrate") return std::visit(any, read_calibrate_options(rest));
  if (word == "conformance") return std::visit(any, read_conformance_options(rest));
  if (word == "explore") return std::visit(any, read_explore_options(rest));
  if (word == "replay") return std::visit(any, read_replay_options(rest));
  if (word == "scenarios") return std::visit(any, read_scenarios_options(rest));
  if (word == "doctor") return std::visit(any, read_doctor_options(rest));
  if (word == "schema") return std::visit(any, read_schema_options(rest));
  if (word == "faults") return std::visit(any, read_faults_options(rest));
  if (means_run(arguments)) arguments.insert(arguments.begin(), "run");
  if (arguments.front() != "run" && !arguments.front().starts_with('-'))
    return refused_usage("no such command or scenario file: " + in_quotes(arguments.front()));

  CLI::App app(about, "escrowstorm");
  app.set_version_flag("--version", "escrowstorm " ESCROWSTORM_VERSION);
  RawOptions raw;
  const CLI::App* run = add_run(app, raw);
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    return Answered{run->help("escrowstorm", CLI::AppFormatMode::Normal)};
  } catch (const CLI::CallForVersion& version) {
    return Answered{version.what() + std::string("\n")};
  } catch (const CLI::ParseError& error) {
    return refused_usage(printable(error.what()));
  }
  return command_of(std::move(raw), *run);
}

}  // namespace escrowstorm::sim
