#include "sim/cli/failure_teller.hpp"

#include <unistd.h>

#include <cerrno>
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

Told FailureTeller::tell(Scenario failing, const std::string& invariant, std::uint64_t found_by) {
  const Shrunk shrunk = make_small(std::move(failing), invariant);
  status_.clear();
  Story story;
  const VirtualOutcome outcome = run_virtually(shrunk.scenario, {&story, nullptr, signalled_});
  if (outcome.interrupted) return Told::interrupted;  // its digest would be that of a part
  const Violation* violation = outcome.violation_of(invariant);
  const Replay replay{invariant, violation ? violation->what : "", outcome.digest, shrunk.scenario};
  const fs::path file = file_for(invariant, found_by, shrunk.scenario.name);
  const std::optional<std::string> failure = write_replay(file, replay);
  out_ << "shrunk     to " << size_text(shrunk.scenario) << " (" << counted(shrunk.runs, "run")
       << (out_of_time_ ? ", and no time for more" : "") << ")\n";
  if (!failure) out_ << "replay     escrowstorm replay " << file.string() << '\n';
  out_ << "story\n";
  for (const std::string& line : story.lines(invariant)) out_ << "  " << line << '\n';
  out_ << std::flush;
  if (failure) complain(err_, *failure);
  return failure ? Told::not_written : Told::yes;
}

Shrunk FailureTeller::make_small(Scenario failing, const std::string& invariant) {
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
