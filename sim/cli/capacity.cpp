#include "sim/cli/capacity.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

#include "sim/cli/complain.hpp"
#include "sim/cli/search_session.hpp"
#include "sim/report/capacity_json.hpp"
#include "sim/report/capacity_text.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {

ExitStatus run_capacity(const CapacityCommand& command, std::ostream& out, std::ostream& err) {
  const auto scenario = read_for_search(command, err);
  if (!scenario) return ExitStatus::bad_usage;
  if (!has_escrows(*scenario)) {
    complain(err, printable(command.scenario.string()) +
                      ": has no escrows, all its journeys are calls: for these there is run");
    return ExitStatus::bad_usage;
  }
  CapacityOptions options = command.options;
  if (command.escrows_given) options.test.escrows = scenario->storm.escrows;
  SearchSession session({}, out, err, command.quiet);
  const Capacity capacity =
      find_capacity(*scenario, options, [&](const std::string& what, std::uint64_t runs) {
        session.status().show(what + ": " + std::to_string(runs) + " of " +
                              counted(options.test.runs, "run"));
        return !session.interrupted() && (!command.time || session.elapsed() < *command.time);
      });
  session.status().clear();
  if (command.json)
    out << capacity_json(*scenario, capacity).dump(2) << '\n' << std::flush;
  else
    out << capacity_text(*scenario, options.test, capacity) << std::flush;
  if (session.interrupted()) return ExitStatus::interrupted;
  return capacity.is_whole() ? ExitStatus::pass : ExitStatus::threshold_missed;
}

}  // namespace escrowstorm::sim
