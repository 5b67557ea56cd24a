#include "sim/report/capacity_text.hpp"

#include <vector>

#include "sim/capacity/instance_memory.hpp"
#include "sim/report/columns.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string gib_text(std::uint64_t kib) {
  constexpr double kib_in_gib = 1024 * 1024;
  return formatted("%.1f GiB", static_cast<double>(kib) / kib_in_gib);
}

// "1.3 GiB of memory (at 45 MiB an instance; 36 MiB measured)"
std::string memory_text(std::uint32_t instances, const std::string& version) {
  const InstanceMemory memory = memory_of_an_instance(version);
  return gib_text(memory.to_plan_kib * instances) + " of memory (at " +
         std::to_string(memory.to_plan_kib / 1024) + " MiB an instance; " +
         formatted("%.0f", static_cast<double>(memory.measured_kib) / 1024) + " measured)";
}

std::string fleet_size_text(const FleetSize& fleet) {
  return counted(fleet.instances, "instance") + " on " + counted(fleet.cores, "core");
}

std::string capacity_heading(const Scenario& scenario, const LoadTestOptions& options) {
  const std::uint64_t last = options.first_seed + options.runs - 1;
  return scenario.name + ": " + fleet_size_text({scenario.fleet.instances, scenario.fleet.cores}) +
         ", " + counted(options.runs, "run") + " of each load (" +
         (options.runs == 1 ? "seed " : "seeds " + std::to_string(options.first_seed) + " to ") +
         std::to_string(last) + ")\n\n";
}

// "10 carried, 11 not: setup_ms.max < 1500ms: 2.04 s"
std::string most_text(const MostCarried& most) {
  const std::string carried = size_text(most.carried_load()) + " carried, ";
  if (!most.failed) {
    if (most.carried == 0) return "not known";
    return carried + "nothing above was tried" +
           (most.kind == LoadKind::at_once ? " (--at-once-max)" : "");
  }
  const std::string failed = size_text({most.kind, *most.failed});
  const std::string why = ": " + shortfall_text(*most.at_failed.shortfall);
  if (most.carried > 0) return carried + failed + " not" + why;
  return *most.failed == 1 ? "not even " + failed + why
                           : failed + " not" + why + ", less was not tried";
}

std::string parts_text(const Limit& limit) {
  if (limit.as_is.cut_short) return "not known: there was no time";
  if (!limit.as_is.shortfall)
    return "not known: " + load_text(limit.load) + " were carried when tried once more";
  for (const ReliefTrial& one : limit.alone)
    if (one.trial.cut_short) return "not known: there was no time";
  if (limit.parts.empty())
    return "none of these parts: not even all of them relieved carry " + load_text(limit.load);
  std::string text;
  for (const Relief* part : limit.parts) {
    const bool last = part == limit.parts.back();
    if (!text.empty()) text += last ? (limit.together ? " and " : " or ") : ", ";
    text += part->part;
  }
  if (limit.together) return text + " together: none of them relieved alone carries it";
  return text + (limit.parts.size() > 1 ? ": either relieved alone carries it" : "");
}

std::vector<std::string> relief_row(const std::string& name, const LoadTrial& trial,
                                    const std::string& criterion, std::string_view how) {
  const ThresholdResult* result = trial.criterion(criterion);
  std::string outcome = trial.cut_short ? "not known" : trial.holds() ? "carried" : "fails";
  if (trial.shortfall && trial.shortfall->criterion != criterion)
    outcome += ", " + shortfall_text(*trial.shortfall);
  return {name, result ? actual_text(*result) : "", std::move(outcome), std::string(how)};
}

std::string limit_text(const std::string& of_what, const CapacityAnswer& answer) {
  if (!answer.limit) return "";
  const Limit& limit = *answer.limit;
  std::string text = "\nlimit " + of_what + ": " + parts_text(limit) + "\n";
  if (!limit.as_is.shortfall) return text;
  const std::string& criterion = limit.as_is.shortfall->criterion;
  Rows rows{{load_text(limit.load), criterion}, relief_row("as it is", limit.as_is, criterion, "")};
  for (const ReliefTrial& one : limit.alone)
    rows.push_back(
        relief_row(std::string(one.relief->part), one.trial, criterion, one.relief->how));
  return text + columns(rows, {Align::left, Align::right, Align::left, Align::left});
}

std::string assumptions_text(const Capacity& capacity) {
  std::string text;
  if (capacity.assumed)
    text += "assumed at once: " + capacity.assumed->text +
            ", half as long again as one alone, since no threshold limits a time\n";
  for (const std::string& one : capacity.left_out)
    text += "left out: " + printable(one) + ", which depends on how many escrows there are\n";
  if (capacity.too_short)
    text += "per minute: may be less in the long run, for escrows came for " +
            duration_text(*capacity.too_short) + " only, and one takes " +
            duration_text(capacity.alone.life_p50) + " to its end: --escrows\n";
  return text;
}

std::string cost_text(const Scenario& scenario, const Capacity& capacity) {
  const MostCarried& most = capacity.per_minute.most;
  const LoadTrial& alone = capacity.alone;
  Rows rows{{"an escrow", duration_text(alone.setup_p50) + " from request to address alone, " +
                              duration_text(alone.computing_per_escrow) + " of CPU in all"}};
  if (most.carried > 0) {
    const double busy = most.carried_load().per_minute() / 60 *
                        std::chrono::duration<double>(most.at_carried.computing_per_escrow).count();
    rows.push_back(
        {"this fleet", load_text(most.carried_load()) + ": " + formatted("%.1f of ", busy) +
                           counted(scenario.fleet.cores, "core") + " busy, " +
                           memory_text(scenario.fleet.instances, scenario.fleet.emulate)});
  }
  if (const auto& advice = capacity.advice; advice && advice->trial.runs > 0) {
    const std::string wanted = "for " + load_text(advice->load);
    if (advice->fleet)
      rows.push_back({wanted, fleet_size_text(*advice->fleet) + ", " +
                                  memory_text(advice->fleet->instances, scenario.fleet.emulate)});
    else
      rows.push_back(
          {wanted, "no fleet: not even " + fleet_size_text(advice->tried) + " carry it: " +
                       (advice->trial.shortfall ? shortfall_text(*advice->trial.shortfall)
                                                : std::string("there was no time"))});
  }
  return "\n" + columns(rows, {Align::left, Align::left});
}

}  // namespace

std::string capacity_text(const Scenario& scenario, const LoadTestOptions& options,
                          const Capacity& capacity) {
  return capacity_heading(scenario, options) +
         columns({{"at once", most_text(capacity.at_once.most)},
                  {"per minute", most_text(capacity.per_minute.most)}},
                 {Align::left, Align::left}) +
         assumptions_text(capacity) + limit_text("at once", capacity.at_once) +
         limit_text("per minute", capacity.per_minute) + cost_text(scenario, capacity) +
         (capacity.cut_short ? "\nThere was no time for more.\n" : "");
}

}  // namespace escrowstorm::sim
