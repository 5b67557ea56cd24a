#include "sim/cli/ablate.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <utility>

#include "sim/cli/complain.hpp"
#include "sim/cli/search_session.hpp"
#include "sim/report/ablation_text.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

bool has_waits(const Scenario& scenario) {
  return std::any_of(wait_kinds().begin(), wait_kinds().end(),
                     [&](const WaitKind& wait) { return wait.of(scenario) > Duration::zero(); });
}

std::string no_waits_text() {
  std::string text = "it has no waits to take away: no";
  for (const WaitKind& wait : wait_kinds())
    text += (&wait == wait_kinds().data() ? " coordinator." : ", coordinator.") +
            std::string(wait.name);
  return text;
}

class Ablating {
 public:
  Ablating(const AblateCommand& command, Scenario scenario, fs::path folder, std::ostream& out,
           std::ostream& err)
      : command_(command),
        scenario_(std::move(scenario)),
        out_(out),
        session_(std::move(folder), out, err, command.quiet) {}

  ExitStatus run() {
    const Ablation ablation =
        ablate(scenario_, command_.options, [this](const std::string& what, std::uint64_t runs) {
          session_.status().show(what + ": " + std::to_string(runs) + " of " +
                                 counted(command_.options.runs, "run"));
          return !session_.interrupted() && (!command_.time || session_.elapsed() < *command_.time);
        });
    session_.status().clear();
    if (command_.json)
      out_ << to_json(ablation).dump(2) << '\n' << std::flush;
    else
      out_ << ablation_table(ablation) << std::flush;
    if (!command_.json && !tell_failures(ablation)) return ExitStatus::own_failure;
    if (session_.interrupted()) return ExitStatus::interrupted;
    return ablation.cut_short ? ExitStatus::threshold_missed : ExitStatus::pass;
  }

 private:
  // Of each invariant once. False when a replay file could not be written.
  bool tell_failures(const Ablation& ablation) {
    std::vector<std::string> told;
    const auto tell = [&](const TrialFailure& failure, const Scenario& failing,
                          const std::string& when) {
      if (!failure.is_invariant || session_.interrupted() ||
          std::find(told.begin(), told.end(), failure.cause) != told.end())
        return true;
      told.push_back(failure.cause);
      out_ << "\nviolated   " << failure.cause << " at seed " << failure.seed << ", " << when
           << '\n'
           << std::flush;
      return session_.tell(seeded(failing, failure.seed), failure.cause, failure.seed);
    };
    if (ablation.as_is.failure && !tell(*ablation.as_is.failure, scenario_, "as it is"))
      return false;
    for (const WaitFinding& finding : ablation.waits) {
      if (finding.verdict != WaitVerdict::needed) continue;
      const Scenario failing = with_wait(scenario_, *finding.wait, finding.fails);
      const std::string when =
          "with " + std::string(finding.wait->name) + " " + duration_text(finding.fails);
      if (!tell(finding.failure, failing, when)) return false;
    }
    return true;
  }

  const AblateCommand& command_;
  const Scenario scenario_;
  std::ostream& out_;
  SearchSession session_;
};

}  // namespace

ExitStatus run_ablate(const AblateCommand& command, std::ostream& out, std::ostream& err) {
  auto scenario = read_for_search(command.scenario, command.overrides, err);
  if (!scenario) return ExitStatus::bad_usage;
  if (!has_waits(*scenario)) {
    complain(err, command.scenario.string() + ": " + no_waits_text());
    return ExitStatus::bad_usage;
  }
  const fs::path folder = command.out.value_or(fs::path("runs") / ("ablate-" + scenario->name));
  if (const auto why = cannot_write_into(folder)) {
    complain(err, *why);
    return ExitStatus::own_failure;
  }
  return Ablating(command, std::move(*scenario), folder, out, err).run();
}

}  // namespace escrowstorm::sim
