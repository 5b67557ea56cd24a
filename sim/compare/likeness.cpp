#include "sim/compare/likeness.hpp"

#include <algorithm>
#include <iomanip>
#include <set>
#include <sstream>

#include "sim/metrics/summary.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

template <class Take>
auto all_of_set(const RunSet& set, Take take) {
  std::set<decltype(take(set.runs.front()))> all;
  for (const RunSummary& run : set.runs) all.insert(take(run));
  return all;
}

std::string listed(const std::set<std::string>& texts) {
  constexpr std::size_t shown_max = 4;
  std::string list;
  std::size_t shown = 0;
  for (const std::string& text : texts) {
    if (shown++ == shown_max) return list + ", ...";
    list += (list.empty() ? "" : ", ") + printable(text, 60);
  }
  return list;
}

std::string scenario_in(const RunSummary& run) { return run.scenario; }
std::string world_in(const RunSummary& run) { return run.world; }

std::string load_in(const RunSummary& run) {
  const auto at = std::find_if(run.metrics.begin(), run.metrics.end(),
                               [](const auto& one) { return one.first == "escrows.planned"; });
  std::ostringstream text;
  text << std::setprecision(15) << (at == run.metrics.end() ? 0 : at->second);
  return text.str();
}

std::multiset<std::string> digests_of(const RunSet& set) {
  std::multiset<std::string> digests;
  for (const RunSummary& run : set.runs) digests.insert(run.digest);
  return digests;
}

std::string seeds_text(const std::set<std::uint64_t>& seeds) {
  if (seeds.size() == 1) return "seed " + std::to_string(*seeds.begin());
  return "seeds " + std::to_string(*seeds.begin()) + " to " + std::to_string(*seeds.rbegin());
}

std::uint64_t seed_in(const RunSummary& run) { return run.seed; }

void note_side(const RunSet& set, const std::string& side, std::vector<std::string>& notes) {
  const auto count = [&](auto is) {
    return static_cast<std::size_t>(std::count_if(set.runs.begin(), set.runs.end(), is));
  };
  const auto note = [&](std::size_t runs, const std::string& what) {
    if (runs > 0) notes.push_back(side + ": " + counted(runs, "run") + " " + what);
  };
  note(count([](const RunSummary& run) { return run.interrupted; }),
       "interrupted: its numbers are of a part of it");
  note(count([](const RunSummary& run) { return run.aborted; }),
       "ended early by a threshold: its numbers are of a part of it");
  note(set.copies, "left out that another run of the set repeats to the byte");
  note(set.without_summary, "left out that has no summary.json: it has not ended");
  note(count([](const RunSummary& run) {
         return run.errors.size() >= listed_max || run.failures.size() >= listed_max;
       }),
       "with more kinds of errors than summary.json lists: one that is new or gone may be only "
       "more or less frequent");
}

}  // namespace

std::vector<std::string> differences_in_kind(const RunSet& a, const RunSet& b) {
  std::vector<std::string> unlike;
  const auto compare_by = [&](const std::string& what, auto take) {
    const auto in_a = all_of_set(a, take);
    const auto in_b = all_of_set(b, take);
    if (in_a != in_b)
      unlike.push_back(what + ": " + listed(in_a) + " and " + listed(in_b));
    else if (in_a.size() > 1)
      unlike.push_back("a mixture of " + what + " on both sides: " + listed(in_a));
  };
  compare_by("scenarios", scenario_in);
  compare_by("worlds", world_in);
  compare_by("escrows planned", load_in);
  return unlike;
}

std::vector<std::string> notes_on(const RunSet& a, const RunSet& b) {
  std::vector<std::string> notes;
  note_side(a, "A", notes);
  note_side(b, "B", notes);
  const auto [fewer, more] = std::minmax({a.runs.size(), b.runs.size()});
  if (!(a.is_single && b.is_single) && more > 2 * fewer)
    notes.push_back(
        "one set is more than twice the other: intervals of what is rare or has a long "
        "tail hold in some 90 of 100 cases only");
  if (a.is_single && b.is_single && a.runs[0].seed != b.runs[0].seed)
    notes.push_back("the seeds differ: so does all that was drawn");
  return notes;
}

bool have_same_events(const RunSet& a, const RunSet& b) { return digests_of(a) == digests_of(b); }

bool are_repeats(const RunSet& a, const RunSet& b) {
  return a.is_single && b.is_single && a.runs[0].seed == b.runs[0].seed &&
         differences_in_kind(a, b).empty();
}

std::string about_set(const RunSet& set) {
  return counted(set.runs.size(), "run") + " of " + listed(all_of_set(set, scenario_in)) + " on " +
         listed(all_of_set(set, world_in)) + ", " + seeds_text(all_of_set(set, seed_in));
}

}  // namespace escrowstorm::sim
