#include "sim/cli/explore.hpp"

#include <algorithm>
#include <ostream>

#include "sim/cli/complain.hpp"
#include "sim/cli/search_session.hpp"
#include "sim/explore/explorer.hpp"
#include "sim/explore/swarm.hpp"
#include "sim/invariants/invariants.hpp"
#include "sim/report/explore_text.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

std::string_view rule_of(std::string_view invariant) {
  const auto at = std::find_if(invariants().begin(), invariants().end(),
                               [&](const InvariantKind& kind) { return kind.name == invariant; });
  return at->about;
}

class Exploration {
 public:
  Exploration(const ExploreCommand& command, Scenario scenario, fs::path folder, std::ostream& out,
              std::ostream& err)
      : command_(command),
        scenario_(std::move(scenario)),
        out_(out),
        err_(err),
        session_(std::move(folder), out, err, command.quiet) {}

  ExitStatus run() {
    const Explored explored = search();
    session_.status().clear();
    out_ << "searched   " << explore_line(explored.progress, command_.seeds, session_.elapsed())
         << '\n'
         << "escrows    " << explored.progress.ready << " ready, " << explored.progress.failed
         << " failed\n";
    ExitStatus status = ExitStatus::pass;
    for (const FoundViolation& found : explored.found) {
      status = report(found) ? ExitStatus::invariant_violated : ExitStatus::own_failure;
      if (status == ExitStatus::own_failure || session_.interrupted()) break;
    }
    out_ << '\n' << probe_table(explored.probes) << std::flush;
    if (status == ExitStatus::own_failure) return status;
    if (session_.interrupted()) return ExitStatus::interrupted;
    if (status != ExitStatus::pass) return status;
    return ending(explored);
  }

 private:
  Explored search() {
    const ExploreOptions options{command_.first_seed, command_.seeds, command_.jobs,
                                 command_.keep_going};
    return explore(scenario_, options, [this](const ExploreProgress& progress) {
      const Duration elapsed = session_.elapsed();
      session_.status().show(explore_line(progress, command_.seeds, elapsed));
      return !session_.interrupted() && (!command_.time || elapsed < *command_.time);
    });
  }

  ExitStatus ending(const Explored& explored) const {
    const bool one_never_met =
        std::find(explored.probes.begin(), explored.probes.end(), 0u) != explored.probes.end();
    if (!command_.require_probes || !one_never_met) return ExitStatus::pass;
    complain(err_,
             "--require-probes: what stands there with \"never\" was not met: more --seeds, "
             "or other faults and policies in the scenario's \"swarm\"");
    return ExitStatus::threshold_missed;
  }

  // Makes it small, writes it down and tells it. False when it could not be written.
  bool report(const FoundViolation& found) {
    const std::string invariant(found.violation.invariant);
    out_ << "\nviolated   " << invariant << " at seed " << found.seed << ": "
         << printable(found.violation.what) << "\nrule       " << rule_of(invariant) << '\n'
         << std::flush;
    return session_.tell(draw(scenario_, found.seed), {invariant}, found.seed);
  }

  const ExploreCommand& command_;
  const Scenario scenario_;
  std::ostream& out_;
  std::ostream& err_;
  SearchSession session_;
};

}  // namespace

ExitStatus run_explore(const ExploreCommand& command, std::ostream& out, std::ostream& err) {
  auto scenario = read_for_search(command, err);
  if (!scenario) return ExitStatus::bad_usage;
  const fs::path folder = command.out.value_or(fs::path("runs") / ("explore-" + scenario->name));
  if (const auto why = cannot_write_into(folder)) {
    complain(err, *why);
    return ExitStatus::own_failure;
  }
  return Exploration(command, std::move(*scenario), folder, out, err).run();
}

}  // namespace escrowstorm::sim
