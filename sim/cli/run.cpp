#include "sim/cli/run.hpp"

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string_view>
#include <variant>

#include "sim/cli/complain.hpp"
#include "sim/cli/find_scenario.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/explore/virtual_run.hpp"
#include "sim/report/annotations.hpp"
#include "sim/report/explain.hpp"
#include "sim/report/junit.hpp"
#include "sim/report/progress.hpp"
#include "sim/report/summary_table.hpp"
#include "sim/report/wording.hpp"
#include "sim/run/run_files.hpp"
#include "sim/run/run_in_world.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/thresholds/expectation.hpp"
#include "sim/thresholds/gauges.hpp"
#include "sim/trace/trace_comparer.hpp"
#include "sim/trace/trace_writer.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

// What the scenario's world is made with; or what the command line asks for and it can't do.
std::variant<WorldOptions, std::vector<std::string>> world_options(const RunCommand& command,
                                                                   const Scenario& scenario,
                                                                   std::ostream& err) {
  if (command.check_determinism && scenario.world != "virtual")
    return std::vector{"--check-determinism goes with the virtual world, this is " +
                       scenario.world + ", where time is real"};
  if (!scenario.faults.empty() && !find_world(scenario.world)->has_mock_fleet)
    return std::vector{"this scenario has faults, which the world " + scenario.world +
                       " can't have: --world virtual or mock, or --set faults=[]"};
  if (command.wire_faithful && scenario.world != "virtual")
    return std::vector{"--wire-faithful goes with the virtual world, this is " + scenario.world +
                       ", where all calls pass as bytes"};
  auto read = read_world_flags(command.in_world, scenario.world, "--world");
  if (auto* options = std::get_if<WorldOptions>(&read)) {
    options->wire_faithful = command.wire_faithful;
    options->say = [&err, quiet = command.quiet](const std::string& line) {
      if (!quiet) err << line << '\n' << std::flush;
    };
  }
  return read;
}

ProgressDisplay::Mode display_mode(const RunCommand& command) {
  if (command.quiet) return ProgressDisplay::Mode::none;
  return stderr_is_terminal() ? ProgressDisplay::Mode::terminal : ProgressDisplay::Mode::plain;
}

// Shows how far the storm is, and keeps the trace on the disk at most a second old.
class Progress {
 public:
  Progress(const RunCommand& command, const Scenario& scenario, TraceWriter& trace,
           std::ostream& err)
      : tally(scenario.storm.escrows), trace_(trace), display_(err, display_mode(command)) {}

  void tick(TimePoint now) {
    constexpr int flush_every = 5;
    display_.show(tally.counts(), now - TimePoint(), terminal_width());
    if (++ticks_ % flush_every == 0) trace_.flush();
  }

  ProgressTally tally;

 private:
  TraceWriter& trace_;
  ProgressDisplay display_;
  int ticks_ = 0;
};

// Runs the storm and counts it.
Summary run_storm(const RunCommand& command, const Scenario& scenario, WorldOptions options,
                  TraceWriter& trace, Gauges& gauges, std::ostream& err) {
  Progress progress(command, scenario, trace, err);
  Summary summary = run_in_world(scenario, std::move(options), {&trace, &progress.tally, &gauges},
                                 [&](TimePoint now) { progress.tick(now); });
  trace.flush();
  summary.run.digest = trace.digest().hex();
  return summary;
}

// Runs it once more and holds it against the trace. The error is for people.
std::optional<std::string> difference_of_second_run(const Scenario& scenario,
                                                    const RunFiles& files) {
  TraceComparer comparer(files.events());
  run_virtually(scenario, {.story = nullptr, .observer = &comparer, .asked_to_end = {}});
  comparer.finish();
  const auto& difference = comparer.difference();
  if (!difference) return std::nullopt;
  return "not deterministic: event " + std::to_string(difference->seq) +
         " of the second run differs\n  first   " + difference->first + "\n  second  " +
         difference->second;
}

// Holds the summary against the scenario's thresholds and expectations.
void judge(const Scenario& scenario, const Gauges& gauges, bool wrote_trace, Summary& summary) {
  nlohmann::ordered_json measured = to_json(summary);
  gauges.add_to(measured);
  for (const Threshold& threshold : scenario.thresholds)
    summary.thresholds.push_back(evaluate(threshold, measured));
  if (!scenario.expect) return;
  const int status = static_cast<int>(status_of_run(summary, wrote_trace));
  summary.unexpected = deviations(*scenario.expect, summary, measured, status);
  summary.as_expected = summary.unexpected.empty();
}

// What `run` leaves out, for who thought that it was in.
std::string swarm_line(const SwarmSection& swarm) {
  if (swarm == SwarmSection()) return "";
  return "swarm      " + counted(swarm.faults.size(), "fault") + " and " +
         counted(swarm.policies.size(), "key") + " that only explore draws\n";
}

constexpr const char* first_scenario = "scenarios/storms/first.json";

// What was measured, in the form that the command line asks for.
void print(const RunCommand& command, const Scenario& scenario, const Summary& summary,
           const nlohmann::ordered_json& json, std::ostream& out, std::ostream& err) {
  if (command.json)
    out << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
  else
    out << summary_table(summary, scenario.about) << swarm_line(scenario.swarm);
  if (command.github)
    (command.json ? err : out) << github_annotations(
        summary, command.scenario.value_or(first_scenario).string());
}

// Prints and writes what was measured.
ExitStatus conclude(const RunCommand& command, const Scenario& scenario, const RunFiles& files,
                    const TraceWriter& trace, const Gauges& gauges, Summary summary,
                    std::ostream& out, std::ostream& err) {
  judge(scenario, gauges, !trace.failure(), summary);
  nlohmann::ordered_json json = to_json(summary);
  gauges.add_to(json);
  auto failure = write_json(files.summary(), json);
  if (!failure) failure = write_text(files.junit(), junit_xml(summary));
  print(command, scenario, summary, json, out, err);
  if (!failure && !command.json)
    out << "files      " << files.summary().string() << ", " << files.events().filename().string()
        << ", " << files.junit().filename().string() << '\n';
  out << std::flush;
  if (trace.failure()) complain(err, *trace.failure());
  if (failure) complain(err, *failure);
  return status_of_run(summary, !trace.failure() && !failure);
}

}  // namespace

ExitStatus run(const RunCommand& command, std::ostream& out, std::ostream& err) {
  auto read =
      load_scenario(find_scenario(command.scenario.value_or(first_scenario)), command.overrides);
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read)) {
    for (const std::string& error : *errors) err << error << '\n';
    return ExitStatus::bad_usage;
  }
  const auto& scenario = std::get<Scenario>(read);
  if (command.explain) {
    out << explain(scenario) << std::flush;
    return ExitStatus::pass;
  }
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
    Gauges gauges(scenario);
    Summary summary = run_storm(command, scenario, std::get<WorldOptions>(std::move(options)),
                                trace, gauges, err);
    const bool interrupted = summary.interrupted;
    const ExitStatus status =
        conclude(command, scenario, files, trace, gauges, std::move(summary), out, err);
    if (!command.check_determinism || interrupted || trace.failure()) return status;
    if (const auto difference = difference_of_second_run(scenario, files)) {
      complain(err, *difference);
      return ExitStatus::own_failure;
    }
    (command.json ? err : out) << "twice      the same " << trace.events() << " events\n"
                               << std::flush;
    return status;
  } catch (const WorldInterrupted& interrupted) {
    complain(err, interrupted.what());
    return ExitStatus::interrupted;
  } catch (const WorldError& error) {
    complain(err, error.what());
    return ExitStatus::world_failed;
  }
}

}  // namespace escrowstorm::sim
