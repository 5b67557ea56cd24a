#include "sim/cli/ablate.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <utility>
#include <variant>

#include "sim/ablate/policy_matrix.hpp"
#include "sim/cli/ablate_confirm.hpp"
#include "sim/cli/complain.hpp"
#include "sim/cli/search_session.hpp"
#include "sim/report/ablation_text.hpp"
#include "sim/report/confirmation_text.hpp"
#include "sim/report/policy_matrix_text.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

template <class Kinds>
std::string keys_of(const Kinds& kinds) {
  std::string text;
  for (const auto& kind : kinds)
    text += (text.empty() ? "coordinator." : ", coordinator.") + std::string(kind.name);
  return text;
}

class Ablating {
 public:
  Ablating(const AblateCommand& command, Scenario scenario, std::optional<WorldOptions> in_world,
           fs::path folder, std::ostream& out, std::ostream& err)
      : command_(command),
        scenario_(std::move(scenario)),
        in_world_(std::move(in_world)),
        out_(out),
        err_(err),
        session_(std::move(folder), out, err, command.quiet) {}

  ExitStatus run() {
    nlohmann::ordered_json json;
    ExitStatus ended = ExitStatus::pass;
    Ablation ablation;
    if (has_waits_or_locks(scenario_)) {
      ablation = ablate(scenario_, command_.options, progress_of(command_.options.runs));
      say(ablation_table(ablation), "", to_json(ablation), json);
      if (!command_.json && !tell_failures(ablation)) return ExitStatus::own_failure;
      if (ablation.cut_short) ended = ExitStatus::threshold_missed;
    }
    if (command_.matrix && !(go_on() && try_matrix(json))) ended = ExitStatus::threshold_missed;
    if (in_world_) {
      const ExitStatus there =
          go_on() ? confirm_in_world(ablation, json) : ExitStatus::threshold_missed;
      if (there != ExitStatus::pass) ended = there;
    }
    if (command_.json) out_ << json.dump(2) << '\n' << std::flush;
    if (ended == ExitStatus::world_failed) return ended;
    return session_.interrupted() ? ExitStatus::interrupted : ended;
  }

 private:
  bool go_on() {
    return !session_.interrupted() && (!command_.time || session_.elapsed() < *command_.time);
  }

  AblationProgress progress_of(std::uint64_t of_all) {
    return [this, of_all](const std::string& what, std::uint64_t runs) {
      session_.status().show(what + ": " + std::to_string(runs) + " of " + counted(of_all, "run"));
      return go_on();
    };
  }

  // A part of what came out: as text at once, for programs in `json`, under `key` or at its top.
  void say(const std::string& table, const char* key, nlohmann::ordered_json part,
           nlohmann::ordered_json& json) {
    session_.status().clear();
    if (!command_.json) out_ << (said_ ? "\n" : "") << table << std::flush;
    said_ = true;
    if (*key)
      json[key] = std::move(part);
    else
      json.update(part);
  }

  // False: there was no time for all of it.
  bool try_matrix(nlohmann::ordered_json& json) {
    MatrixOptions options{command_.options.first_seed, rate_runs_max, command_.options.jobs};
    options.runs = std::min(options.runs, command_.options.runs);
    const PolicyMatrix matrix = try_policies(scenario_, options, progress_of(options.runs));
    say(policy_table(matrix), "matrix", to_json(matrix), json);
    return !matrix.cut_short;
  }

  ExitStatus confirm_in_world(const Ablation& ablation, nlohmann::ordered_json& json) {
    const ConfirmationOptions options{*command_.confirm, command_.options.first_seed,
                                      command_.confirm_runs};
    try {
      const Confirmation confirmation =
          confirm(deciding_variants(scenario_, ablation), options,
                  runs_in_world(*in_world_, session_.status()), [this] { return go_on(); });
      say(confirmation_table(confirmation), "confirmation", to_json(confirmation), json);
      return confirmation.agrees() ? ExitStatus::pass : ExitStatus::threshold_missed;
    } catch (const WorldInterrupted& interrupted) {
      return complain_of(interrupted, ExitStatus::interrupted);
    } catch (const WorldError& error) {
      return complain_of(error, ExitStatus::world_failed);
    }
  }

  ExitStatus complain_of(const WorldError& error, ExitStatus status) {
    session_.status().clear();
    complain(err_, error.what());
    return status;
  }

  // Of each invariant, and each reason to fail, once. False when a file could not be written.
  bool tell_failures(const Ablation& ablation) {
    if (ablation.as_is.failure && !tell(*ablation.as_is.failure, scenario_, "as it is"))
      return false;
    for (const WaitFinding& finding : ablation.waits) {
      if (finding.verdict != Removal::unsafe) continue;
      const Scenario failing = with_wait(scenario_, *finding.wait, finding.fails);
      const std::string when =
          "with " + std::string(finding.wait->name) + " " + duration_text(finding.fails);
      if (!tell(finding.failure, failing, when)) return false;
    }
    for (const LockFinding& finding : ablation.locks) {
      if (finding.verdict != Removal::unsafe) continue;
      const Scenario failing = without_lock(scenario_, *finding.lock);
      if (!tell(*finding.without.failure, failing, std::string(finding.lock->gone))) return false;
    }
    return true;
  }

  bool tell(const TrialFailure& failure, const Scenario& failing, const std::string& when) {
    if (session_.interrupted() ||
        std::find(told_.begin(), told_.end(), failure.cause) != told_.end())
      return true;
    told_.push_back(failure.cause);
    out_ << (failure.is_invariant ? "\nviolated   " : "\nfailed     ") << printable(failure.cause)
         << " at seed " << failure.seed << ", " << when << '\n'
         << std::flush;
    return session_.tell(seeded(failing, failure.seed), {failure.cause, failure.is_invariant},
                         failure.seed);
  }

  const AblateCommand& command_;
  const Scenario scenario_;
  const std::optional<WorldOptions> in_world_;  // to confirm in
  std::ostream& out_;
  std::ostream& err_;
  SearchSession session_;
  std::vector<std::string> told_;  // invariants and reasons
  bool said_ = false;
};

// Whether there is anything to do with it; says so when not.
bool can_be_ablated(const AblateCommand& command, const Scenario& scenario, std::ostream& err) {
  const std::string file = command.scenario.string() + ": ";
  if (!has_waits_or_locks(scenario) && !command.matrix) {
    complain(err, file + "it has nothing to take away: no wait (" + keys_of(wait_kinds()) +
                      ") and no lock (" + keys_of(lock_kinds()) +
                      "); --matrix tries other policies");
    return false;
  }
  if (command.confirm && !has_waits_or_locks(scenario)) {
    complain(err, file + "it has no wait and no lock, so there is no verdict to confirm");
    return false;
  }
  if (command.confirm && !scenario.faults.empty() &&
      !find_world(*command.confirm)->has_mock_fleet) {
    complain(err, file + "it has faults, which the world " + *command.confirm +
                      " can't have: --confirm mock, or --set faults=[]");
    return false;
  }
  return true;
}

}  // namespace

ExitStatus run_ablate(const AblateCommand& command, std::ostream& out, std::ostream& err) {
  auto scenario = read_for_search(command, err);
  if (!scenario || !can_be_ablated(command, *scenario, err)) return ExitStatus::bad_usage;
  std::optional<WorldOptions> in_world;
  if (command.confirm) {
    auto read = read_world_flags(command.in_world, *command.confirm, "--confirm");
    if (const auto* complaints = std::get_if<std::vector<std::string>>(&read)) {
      for (const std::string& complaint : *complaints) complain(err, complaint);
      return ExitStatus::bad_usage;
    }
    in_world = std::get<WorldOptions>(std::move(read));
  }
  const fs::path folder = command.out.value_or(fs::path("runs") / ("ablate-" + scenario->name));
  if (const auto why = cannot_write_into(folder)) {
    complain(err, *why);
    return ExitStatus::own_failure;
  }
  return Ablating(command, std::move(*scenario), std::move(in_world), folder, out, err).run();
}

}  // namespace escrowstorm::sim
