#include "sim/compare/run_set.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "sim/report/wording.hpp"
#include "sim/run/run_files.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t runs_max = 10'000;

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

// The folders in `path` that have a summary, or a trace and no summary.
struct RunFolders {
  std::vector<fs::path> ended;
  std::size_t without_summary = 0;
};

std::variant<RunFolders, std::string> folders_in(const fs::path& path) {
  RunFolders found;
  std::error_code failed;
  for (fs::directory_iterator at(path, failed), end; !failed && at != end; at.increment(failed)) {
    const RunFiles files{at->path()};
    if (is_file(files.summary()))
      found.ended.push_back(at->path());
    else if (is_file(files.events()))
      ++found.without_summary;
    if (found.ended.size() > runs_max)
      return "has more than " + std::to_string(runs_max) + " runs: compare some of them";
  }
  if (failed) return "cannot be read: " + failed.message();
  std::sort(found.ended.begin(), found.ended.end());
  return found;
}

std::optional<std::string> add_runs(const std::vector<fs::path>& folders, RunSet& set) {
  std::set<std::pair<std::uint64_t, std::string>> seen;
  for (const fs::path& folder : folders) {
    auto read = read_run_summary(RunFiles{folder}.summary());
    if (auto* wrong = std::get_if<std::string>(&read)) return std::move(*wrong);
    auto& run = std::get<RunSummary>(read);
    if (seen.emplace(run.seed, run.digest).second)
      set.runs.push_back(std::move(run));
    else
      ++set.copies;
  }
  return std::nullopt;
}

}  // namespace

std::variant<RunSet, std::string> read_run_set(const fs::path& path) {
  const std::string name = printable(path.string(), 1000);
  std::error_code failed;
  if (!fs::exists(path, failed))
    return name + ": no such folder: give what `escrowstorm run --out DIR` wrote, or a folder of " +
           "such folders";
  if (!fs::is_directory(path, failed))
    return name + ": is no folder: give the run's folder, which has summary.json and events.jsonl";

  RunSet set;
  set.path = path;
  set.is_single = is_file(RunFiles{path}.summary());
  RunFolders folders{{path}, 0};
  if (!set.is_single) {
    auto found = folders_in(path);
    if (const auto* wrong = std::get_if<std::string>(&found)) return name + ": " + *wrong;
    folders = std::get<RunFolders>(std::move(found));
  }
  if (folders.ended.empty())
    return name + ": has no summary.json, nor has a folder in it: " +
           (is_file(RunFiles{path}.events()) || folders.without_summary > 0
                ? "the run has not ended, or was killed: run it again"
                : "give what `escrowstorm run --out DIR` wrote");
  set.without_summary = folders.without_summary;
  if (auto wrong = add_runs(folders.ended, set)) return std::move(*wrong);
  return set;
}

}  // namespace escrowstorm::sim
