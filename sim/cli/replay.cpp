#include "sim/cli/replay.hpp"

#include <ostream>
#include <variant>

#include "sim/cli/complain.hpp"
#include "sim/cli/find_scenario.hpp"
#include "sim/explore/replay_file.hpp"
#include "sim/explore/virtual_run.hpp"
#include "sim/report/explore_text.hpp"
#include "sim/report/wording.hpp"
#include "sim/run/run_files.hpp"
#include "sim/trace/trace_writer.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

void tell(const Replay& replay, const VirtualOutcome& outcome, const Story& story, bool quiet,
          std::ostream& out) {
  const Violation* violation = outcome.violation_of(replay.invariant);
  out << "replay     " << replay.scenario.name << ", " << size_text(replay.scenario) << '\n'
      << "digest     " << outcome.digest
      << (outcome.digest == replay.digest ? ", as recorded" : ", recorded was " + replay.digest)
      << '\n';
  if (!violation) {
    out << "holds      " << replay.invariant << '\n';
    return;
  }
  out << "violated   " << replay.invariant << ": " << printable(violation->what) << '\n';
  if (quiet) return;
  out << "story\n";
  for (const std::string& line : story.lines(replay.invariant)) out << "  " << line << '\n';
}

}  // namespace

ExitStatus run_replay(const ReplayCommand& command, std::ostream& out, std::ostream& err) {
  auto loaded = load_replay(find_scenario(command.file));
  if (const auto* errors = std::get_if<std::vector<std::string>>(&loaded)) {
    for (const std::string& error : *errors) err << error << '\n';
    return ExitStatus::bad_usage;
  }
  const auto& replay = std::get<Replay>(loaded);
  const RunFiles files{command.out.value_or(fs::path("runs") / ("replay-" + replay.scenario.name))};
  if (const auto failure = prepare(files)) {
    complain(err, *failure);
    return ExitStatus::own_failure;
  }
  TraceWriter trace(files.events());
  Story story;
  const VirtualOutcome outcome =
      run_virtually(replay.scenario, {.story = &story, .observer = &trace, .asked_to_end = {}});
  trace.flush();
  if (outcome.interrupted) {
    complain(err, "interrupted before it had ended");
    return ExitStatus::interrupted;
  }
  tell(replay, outcome, story, command.quiet, out);
  if (!trace.failure()) out << "events     " << files.events().string() << '\n';
  out << std::flush;
  if (trace.failure()) {
    complain(err, *trace.failure());
    return ExitStatus::own_failure;
  }
  if (!outcome.violation_of(replay.invariant)) return ExitStatus::pass;
  if (outcome.digest == replay.digest) return ExitStatus::invariant_violated;
  complain(err,
           "the run is not the recorded one: the program, a latency profile or the file has "
           "changed since");
  return ExitStatus::own_failure;
}

}  // namespace escrowstorm::sim
