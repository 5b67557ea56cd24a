#include "sim/cli/ablate_confirm.hpp"

#include "sim/report/progress.hpp"
#include "sim/run/run_in_world.hpp"

namespace escrowstorm::sim {

RunOnce runs_in_world(const WorldOptions& options, SearchStatus& status) {
  return [&options, &status](const Scenario& scenario,
                             const std::string& what) -> std::optional<RunResult> {
    const std::string place = "world " + scenario.world + ", " + what + ": ";
    WorldOptions with_words = options;
    with_words.say = [&](const std::string& line) { status.show(place + line); };
    ProgressTally tally(scenario.storm.escrows);
    const Summary summary =
        run_in_world(scenario, std::move(with_words), {&tally}, [&](TimePoint now) {
          constexpr std::size_t width = 200;  // what does not fit is cut by who shows it
          status.show(place + progress_line(tally.counts(), now - TimePoint(), width));
        });
    if (summary.interrupted) return std::nullopt;
    return result_of(summary);
  };
}

}  // namespace escrowstorm::sim
