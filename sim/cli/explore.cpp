#include "sim/cli/explore.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <cerrno>
#include <functional>
#include <ostream>
#include <system_error>
#include <variant>

#include "base/real_clock.hpp"
#include "sim/cli/complain.hpp"
#include "sim/cli/find_scenario.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/explore/explorer.hpp"
#include "sim/explore/replay_file.hpp"
#include "sim/explore/shrinker.hpp"
#include "sim/explore/swarm.hpp"
#include "sim/invariants/invariants.hpp"
#include "sim/process/signal_watch.hpp"
#include "sim/report/explore_text.hpp"
#include "sim/report/status_line.hpp"
#include "sim/report/wording.hpp"
#include "sim/scenario/reader.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

// On a terminal a line that is written over, elsewhere a plain one now and then.
class Status {
 public:
  Status(std::ostream& err, bool quiet) : err_(err), quiet_(quiet), line_(err) {}

  void show(const std::string& text) {
    constexpr int plain_every = 25;  // calls, five a second
    if (quiet_) return;
    if (stderr_is_terminal())
      line_.show(text, terminal_width());
    else if (++calls_ % plain_every == 0)
      err_ << text << '\n' << std::flush;
  }

  void clear() { line_.clear(); }

 private:
  std::ostream& err_;
  const bool quiet_;
  StatusLine line_;
  int calls_ = 0;
};

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
        folder_(std::move(folder)),
        out_(out),
        err_(err),
        status_(err, command.quiet),
        clock_(loop_.get_executor()) {}

  ExitStatus run() {
    const Explored explored = search();
    status_.clear();
    out_ << "searched   "
         << explore_line(explored.progress, command_.seeds, clock_.now() - TimePoint()) << '\n'
         << "escrows    " << explored.progress.ready << " ready, " << explored.progress.failed
         << " failed\n";
    ExitStatus status = ExitStatus::pass;
    for (const FoundViolation& found : explored.found) {
      status = report(found) ? ExitStatus::invariant_violated : ExitStatus::own_failure;
      if (status == ExitStatus::own_failure || interrupted_) break;
    }
    out_ << '\n' << probe_table(explored.probes) << std::flush;
    if (status == ExitStatus::own_failure) return status;
    if (interrupted_) return ExitStatus::interrupted;
    if (status != ExitStatus::pass) return status;
    return ending(explored);
  }

 private:
  Explored search() {
    const ExploreOptions options{command_.first_seed, command_.seeds, command_.jobs,
                                 command_.keep_going};
    return explore(scenario_, options, [this](const ExploreProgress& progress) {
      const Duration elapsed = clock_.now() - TimePoint();
      status_.show(explore_line(progress, command_.seeds, elapsed));
      interrupted_ = signals_.asked_to_end();
      return !interrupted_ && (!command_.time || elapsed < *command_.time);
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
    const Shrunk shrunk = make_small(draw(scenario_, found.seed), invariant);
    status_.clear();
    Story story;
    const VirtualOutcome outcome = run_virtually(shrunk.scenario, {&story, nullptr, signalled_});
    if (outcome.interrupted) {  // its digest would be that of a part
      interrupted_ = true;
      return true;
    }
    const Violation* violation = outcome.violation_of(invariant);
    const Replay replay{invariant, violation ? violation->what : "", outcome.digest,
                        shrunk.scenario};
    const fs::path file = file_for(invariant, found.seed);
    const std::optional<std::string> failure = write_replay(file, replay);
    out_ << "shrunk     to " << size_text(shrunk.scenario) << " (" << counted(shrunk.runs, "run")
         << (out_of_time_ ? ", and no time for more" : "") << ")\n";
    if (!failure) out_ << "replay     escrowstorm replay " << file.string() << '\n';
    out_ << "story\n";
    for (const std::string& line : story.lines(invariant)) out_ << "  " << line << '\n';
    out_ << std::flush;
    if (failure) complain(err_, *failure);
    return !failure;
  }

  Shrunk make_small(Scenario failing, const std::string& invariant) {
    constexpr Duration time_max = std::chrono::minutes(1);
    const TimePoint until = clock_.now() + time_max;
    std::uint64_t runs = 0;
    out_of_time_ = false;
    return shrink(std::move(failing), [&](const Scenario& smaller) {
      out_of_time_ = clock_.now() > until;
      if (out_of_time_ || signalled_()) return false;
      if (++runs % 20 == 0)
        status_.show("shrinking " + invariant + ": " + counted(runs, "run") + ", trying " +
                     size_text(smaller));
      const VirtualOutcome outcome = run_virtually(smaller, {nullptr, nullptr, signalled_});
      return !outcome.interrupted && outcome.violation_of(invariant) != nullptr;
    });
  }

  // Not over that of another scenario, which may have failed under the same seed.
  fs::path file_for(const std::string& invariant, std::uint64_t seed) const {
    std::error_code failed;  // shows when it is written
    fs::create_directories(folder_, failed);
    const fs::path file = folder_ / replay_file_name(invariant, seed);
    const auto there = load_replay(file);
    const auto* other = std::get_if<Replay>(&there);
    if (!other || other->scenario.name == scenario_.name) return file;
    return folder_ / (file.stem().string() + "-" + scenario_.name + ".json");
  }

  const ExploreCommand& command_;
  const Scenario scenario_;
  const fs::path folder_;
  std::ostream& out_;
  std::ostream& err_;
  Status status_;
  SignalWatch signals_;
  boost::asio::io_context loop_;  // the clock's
  RealClock clock_;
  bool interrupted_ = false;
  bool out_of_time_ = false;  // of the shrinking
  const std::function<bool()> signalled_ = [this] {
    interrupted_ = interrupted_ || signals_.asked_to_end();
    return interrupted_;
  };
};

// Looked at before the search, which may take hours: nothing is made yet.
std::optional<std::string> cannot_write_into(const fs::path& folder) {
  std::error_code failed;
  fs::path there = fs::absolute(folder, failed);
  while (!fs::exists(there, failed) && there.has_relative_path()) there = there.parent_path();
  if (!fs::is_directory(there, failed))
    return folder.string() + ": it or what it would lie in is no folder";
  if (::access(there.c_str(), W_OK | X_OK) == 0) return std::nullopt;
  return folder.string() + ": " + there.string() + ": " + std::generic_category().message(errno);
}

}  // namespace

ExitStatus run_explore(const ExploreCommand& command, std::ostream& out, std::ostream& err) {
  auto read = load_scenario(find_scenario(command.scenario), command.overrides);
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read)) {
    for (const std::string& error : *errors) err << error << '\n';
    return ExitStatus::bad_usage;
  }
  auto& scenario = std::get<Scenario>(read);
  // Invariants are all that is judged, and of whole runs.
  for (Threshold& threshold : scenario.thresholds) threshold.aborts = false;
  const fs::path folder = command.out.value_or(fs::path("runs") / ("explore-" + scenario.name));
  if (const auto why = cannot_write_into(folder)) {
    complain(err, *why);
    return ExitStatus::own_failure;
  }
  return Exploration(command, std::move(scenario), folder, out, err).run();
}

}  // namespace escrowstorm::sim
