#include "sim/report/explore_text.hpp"

#include <algorithm>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

std::string met_text(const std::optional<std::uint64_t>& count) {
  if (!count) return "not here";
  return *count == 0 ? "never" : std::to_string(*count);
}

}  // namespace

std::string explore_line(const ExploreProgress& progress, std::uint64_t seeds, Duration elapsed) {
  const std::int64_t ms = std::max<std::int64_t>(elapsed / std::chrono::milliseconds(1), 1);
  const std::uint64_t rate = progress.runs * 1000 / static_cast<std::uint64_t>(ms);
  std::string line = std::to_string(progress.runs) + " of " + std::to_string(seeds) + " seeds, " +
                     std::to_string(rate) + "/s, " + std::to_string(progress.schedules) +
                     " different, ";
  if (progress.found == 0) return line + "nothing violated";
  return line + counted(progress.found, "invariant") + " violated";
}

std::string size_text(const Scenario& scenario) {
  std::string text = counted(scenario.storm.escrows, "escrow") + ", " +
                     counted(scenario.fleet.instances, "instance") + ", " +
                     counted(scenario.faults.size(), "fault") + ", latency " +
                     printable(scenario.fleet.latency) + ", schedule " + scenario.schedule;
  if (scenario.schedule_choices) text += " of " + counted(*scenario.schedule_choices, "choice");
  return text + ", seed " + std::to_string(scenario.seed);
}

std::string probe_table(const ProbeCounts& counts) {
  std::size_t width = 0;
  for (const ProbeKind& kind : probe_kinds()) width = std::max(width, kind.name.size());
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    std::string name(probe_kinds()[i].name);
    name.resize(width, ' ');
    const std::string met = met_text(counts[i]);
    constexpr std::size_t count_width = 9;
    text += name + "  " + std::string(count_width - std::min(met.size(), count_width), ' ') + met;
    if (counts[i] == 0) text += "  " + std::string(probe_kinds()[i].about);
    if (!counts[i]) text += "  it needs " + std::string(probe_kinds()[i].needs.about);
    text += "\n";
  }
  return text;
}

}  // namespace escrowstorm::sim
