#include "sim/cli/failure_teller.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>
#include <utility>
#include <variant>

#include "sim/cli/complain.hpp"
#include "sim/explore/replay_file.hpp"
#include "sim/explore/story.hpp"
#include "sim/explore/virtual_run.hpp"
#include "sim/report/explore_text.hpp"
#include "sim/report/wording.hpp"
#include "sim/run/run_files.hpp"
#include "sim/scenario/writer.hpp"

namespace escrowstorm::sim {

namespace fs = std::filesystem;

FailureTeller::FailureTeller(fs::path folder, std::ostream& out, std::ostream& err,
                             SearchStatus& status, const Clock& clock,
                             std::function<bool()> signalled)
    : folder_(std::move(folder)),
      out_(out),
      err_(err),
      status_(status),
      clock_(clock),
      signalled_(std::move(signalled)) {}

bool Broken::is_in(const VirtualOutcome& outcome) const {
  if (is_invariant) return outcome.violation_of(what) != nullptr;
  return std::any_of(outcome.failures.begin(), outcome.failures.end(),
                     [&](const ReasonCount& failure) { return failure.reason == what; });
}

Told FailureTeller::tell(Scenario failing, const Broken& broken, std::uint64_t found_by) {
  const Shrunk shrunk = make_small(std::move(failing), broken);
  status_.clear();
  Story story;
  const VirtualOutcome outcome = run_virtually(shrunk.scenario, {&story, nullptr, signalled_});
  if (outcome.interrupted) return Told::interrupted;  // its digest would be that of a part
  out_ << "shrunk     to " << size_text(shrunk.scenario) << " (" << counted(shrunk.runs, "run")
       << (out_of_time_ ? ", and no time for more" : "") << ")\n";
  const std::optional<std::string> failure = write(shrunk.scenario, broken, outcome, found_by);
  out_ << "story\n";
  for (const std::string& line :
       broken.is_invariant ? story.lines(broken.what) : story.lines_of_failure())
    out_ << "  " << line << '\n';
  out_ << std::flush;
  if (failure) complain(err_, *failure);
  return failure ? Told::not_written : Told::yes;
}

Shrunk FailureTeller::make_small(Scenario failing, const Broken& broken) {
  constexpr Duration time_max = std::chrono::minutes(1);
  const TimePoint until = clock_.now() + time_max;
  std::uint64_t runs = 0;
  out_of_time_ = false;
  return shrink(std::move(failing), [&](const Scenario& smaller) {
    out_of_time_ = clock_.now() > until;
    if (out_of_time_ || signalled_()) return false;
    if (++runs % 20 == 0)
      status_.show("shrinking " + printable(broken.what) + ": " + counted(runs, "run") +
                   ", trying " + size_text(smaller));
    const VirtualOutcome outcome = run_virtually(smaller, {nullptr, nullptr, signalled_});
    return !outcome.interrupted && broken.is_in(outcome);
  });
}

std::optional<std::string> FailureTeller::write(const Scenario& scenario, const Broken& broken,
                                                const VirtualOutcome& outcome,
                                                std::uint64_t found_by) {
  if (broken.is_invariant) {
    const Violation* violation = outcome.violation_of(broken.what);
    const fs::path file = file_for(broken.what, found_by, scenario.name);
    const auto failure = write_replay(
        file, {broken.what, violation ? violation->what : "", outcome.digest, scenario});
    if (!failure) out_ << "replay     escrowstorm replay " << file.string() << '\n';
    return failure;
  }
  std::error_code failed;  // shows when it is written
  fs::create_directories(folder_, failed);
  const fs::path file =
      folder_ / ("failing-" + scenario.name + "-" + std::to_string(found_by) + ".json");
  Scenario plain = scenario;
  plain.expect.reset();  // of the scenario that was searched
  const auto failure = write_json(file, scenario_json(plain));
  if (!failure) out_ << "again      escrowstorm run " << file.string() << '\n';
  return failure;
}

// Not over that of another scenario, which may have failed under the same seed.
fs::path FailureTeller::file_for(const std::string& invariant, std::uint64_t seed,
                                 const std::string& scenario) const {
  std::error_code failed;  // shows when it is written
  fs::create_directories(folder_, failed);
  const fs::path file = folder_ / replay_file_name(invariant, seed);
  const auto there = load_replay(file);
  const auto* other = std::get_if<Replay>(&there);
  if (!other || other->scenario.name == scenario) return file;
  return folder_ / (file.stem().string() + "-" + scenario + ".json");
}

std::optional<std::string> cannot_write_into(const fs::path& folder) {
  std::error_code failed;
  fs::path there = fs::absolute(folder, failed);
  while (!fs::exists(there, failed) && there.has_relative_path()) there = there.parent_path();
  if (!fs::is_directory(there, failed))
    return folder.string() + ": it or what it would lie in is no folder";
  if (::access(there.c_str(), W_OK | X_OK) == 0) return std::nullopt;
  return folder.string() + ": " + there.string() + ": " + std::generic_category().message(errno);
}

}  // namespace escrowstorm::sim
