#include "sim/cli/run.hpp"

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string_view>

#include "sim/cli/run_files.hpp"
#include "sim/cli/storm_run.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/report/summary_table.hpp"
#include "sim/report/wording.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/thresholds/expectation.hpp"
#include "sim/world/rpc_urls.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

void complain(std::ostream& err, std::string_view what) {
  err << "escrowstorm: " << what << '\n' << std::flush;
}

// Where scenarios/ is when not in the current folder: ESCROWSTORM_HOME, else where this was built.
fs::path home() {
  const char* given = std::getenv("ESCROWSTORM_HOME");
  return given && *given ? fs::path(given) : fs::path(ESCROWSTORM_HOME_DEFAULT);
}

// As named from here, or else from home.
fs::path find_scenario(const RunCommand& command) {
  const fs::path named = command.scenario.value_or("scenarios/storms/first.json");
  std::error_code failed;
  if (named.is_relative() && !fs::exists(named, failed) && fs::exists(home() / named, failed))
    return home() / named;
  return named;
}

// What the scenario's world is made with; or what the command line asks for and it can't do.
std::variant<WorldOptions, std::vector<std::string>> world_options(const RunCommand& command,
                                                                   const Scenario& scenario,
                                                                   std::ostream& err) {
  WorldOptions options;
  if (command.wire_faithful && scenario.world != "virtual")
    return std::vector{"--wire-faithful goes with the virtual world, this is " + scenario.world +
                       ", where all calls pass as bytes"};
  if (scenario.world == "live") {
    auto rpc = read_rpc_urls(command.rpc);
    if (auto* complaints = std::get_if<std::vector<std::string>>(&rpc)) return *complaints;
    options.rpc = std::get<std::vector<http::Endpoint>>(std::move(rpc));
    auto access = read_access(command.access);
    if (const auto* wrong = std::get_if<std::string>(&access)) return std::vector{*wrong};
    options.access = std::get<http::Access>(std::move(access));
  } else if (!command.rpc.empty() || command.access.given()) {
    return std::vector{"--rpc goes with the live world, this is " + scenario.world +
                       " (--world live)"};
  }
  options.monero_bin = command.monero_bin;
  options.allow_mainnet = command.allow_mainnet;
  options.allow_unknown_version = command.allow_unknown_version;
  options.wire_faithful = command.wire_faithful;
  options.say = [&err, quiet = command.quiet](const std::string& line) {
    if (!quiet) err << line << '\n' << std::flush;
  };
  return options;
}

ProgressDisplay::Mode display_mode(const RunCommand& command) {
  if (command.quiet) return ProgressDisplay::Mode::none;
  return stderr_is_terminal() ? ProgressDisplay::Mode::terminal : ProgressDisplay::Mode::plain;
}

// Runs the storm and counts it. The world's programs and files are gone when this returns.
Summary run_storm(const RunCommand& command, const Scenario& scenario, WorldOptions options,
                  TraceWriter& trace, std::ostream& err) {
  const ScratchDir scratch;
  options.scratch = scratch.path();
  const Random random(scenario.seed);
  const auto world = find_world(scenario.world)->make(scenario, random, options);
  ProgressDisplay display(err, display_mode(command));
  StormRun storm(scenario, *world, trace, display);
  storm.run();
  trace.flush();
  return storm.seen().finish(RunFacts{scenario.name, scenario.world, scenario.seed,
                                      scenario.storm.escrows, trace.digest().hex()});
}

// Holds the summary against the scenario's thresholds and expectations.
void judge(const Scenario& scenario, bool wrote_trace, Summary& summary) {
  const nlohmann::ordered_json measured = to_json(summary);
  for (const Threshold& threshold : scenario.thresholds)
    summary.thresholds.push_back(evaluate(threshold, measured));
  if (!scenario.expect) return;
  const int status = static_cast<int>(status_of_run(summary, wrote_trace));
  summary.unexpected = deviations(*scenario.expect, summary, status);
  summary.as_expected = summary.unexpected.empty();
}

// Prints and writes what was measured.
ExitStatus conclude(const Scenario& scenario, const RunFiles& files, const TraceWriter& trace,
                    Summary summary, std::ostream& out, std::ostream& err) {
  judge(scenario, !trace.failure(), summary);
  const auto failure = write_json(files.summary(), to_json(summary));
  out << summary_table(summary, scenario.about);
  if (!failure) {
    out << "files      " << files.summary().string() << ", " << files.events().filename().string()
        << '\n';
  }
  out << std::flush;
  if (trace.failure()) complain(err, *trace.failure());
  if (failure) complain(err, *failure);
  return status_of_run(summary, !trace.failure() && !failure);
}

}  // namespace

ExitStatus run(const RunCommand& command, std::ostream& out, std::ostream& err) {
  auto read = load_scenario(find_scenario(command), command.overrides);
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read)) {
    for (const std::string& error : *errors) err << error << '\n';
    return ExitStatus::bad_usage;
  }
  const auto& scenario = std::get<Scenario>(read);
  auto options = world_options(command, scenario, err);
  if (const auto* errors = std::get_if<std::vector<std::string>>(&options)) {
    for (const std::string& error : *errors) complain(err, error);
    return ExitStatus::bad_usage;
  }

  const RunFiles files{command.out.value_or(default_folder(scenario))};
  if (const auto failure = prepare(files)) {
    complain(err, *failure);
    return ExitStatus::own_failure;
  }
  TraceWriter trace(files.events());
  if (trace.failure()) {
    complain(err, *trace.failure());
    return ExitStatus::own_failure;
  }
  try {
    Summary summary =
        run_storm(command, scenario, std::get<WorldOptions>(std::move(options)), trace, err);
    return conclude(scenario, files, trace, std::move(summary), out, err);
  } catch (const WorldInterrupted& interrupted) {
    complain(err, interrupted.what());
    return ExitStatus::interrupted;
  } catch (const WorldError& error) {
    complain(err, error.what());
    return ExitStatus::world_failed;
  }
}

}  // namespace escrowstorm::sim
