#include "sim/cli/capacity_options.hpp"

#include <CLI/CLI.hpp>

#include "sim/cli/parse_arguments.hpp"

namespace escrowstorm::sim {
namespace {

constexpr const char* capacity_name = "escrowstorm capacity";

constexpr std::uint64_t capacity_runs_max = 100'000;
constexpr std::uint64_t per_minute_max = 1'000'000;
constexpr unsigned step_percent_max = 100;

constexpr const char* capacity_about =
    "Says how many escrows the fleet of a scenario carries, at once and per minute, what limits "
    "it,\n"
    "and what fleet would carry more. Loads are tried in the virtual world, whatever the "
    "scenario's\n"
    "own world and load are: doubled until one fails, then bisected.\n";

constexpr const char* capacity_notes = R"(Examples:
  escrowstorm capacity scenarios/storms/first.json
  escrowstorm capacity scenarios/storms/first.json --set fleet.cores=4
  escrowstorm capacity scenarios/storms/first.json --per-minute 300
                             what fleet carries 300 escrows a minute
  escrowstorm capacity x.json --set 'thresholds=["setup_ms.p99 < 20s"]' --step 1 --runs 20
  escrowstorm capacity x.json --json

A load is carried when in each of its runs no invariant is violated, every escrow ends well and
none starts late, and the scenario's thresholds hold, but those that depend on how many escrows
there are. Where none of them limits a time, escrows at once may take half as long again as one
alone. Escrows per minute may not take the longer the later they come.

The limit is the part that, relieved alone, lets the service carry a quarter more:
  slots                    twice the instances
  cores                    twice the cores
  daemon                   calls that wait neither for the daemon nor for a disk
  slot_policy, creation_lock, rounds, concurrency, stagger_between_escrows, wait_after_make,
  purge_wait               without it, where the scenario has it

Exit status:
    0  found
    3  not even the least load is carried, no fleet was found, or there was no time (--for)
    2  bad usage or a bad scenario file, or one without escrows
  130  interrupted
    1  a failure of our own
)";

struct RawCapacity {
  SearchFlags search;
  std::uint64_t at_once_max = 0, per_minute = 0;
  CapacityCommand command;
};

void add_options(CLI::App& app, RawCapacity& raw) {
  CapacityOptions& options = raw.command.options;
  add_search_flags(app, raw.search, options.test.first_seed, options.test.jobs);
  app.add_option("--per-minute", raw.per_minute, "Find a fleet that carries so many a minute")
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{1}, per_minute_max));
  app.add_option("--runs", options.test.runs, "Runs of each load that is carried")
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{1}, capacity_runs_max))
      ->capture_default_str();
  app.add_option("--step", options.step_percent,
                 "How exact the most is found, as a percentage of it")
      ->type_name("PERCENT")
      ->check(CLI::Range(1u, step_percent_max))
      ->capture_default_str();
  app.add_option("--at-once-max", raw.at_once_max,
                 "No more at once are tried (default eight times what the instances hold)")
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{1}, load_size_max(LoadKind::at_once)));
  app.get_option("--escrows")->description("Escrows in each run (default as many as it takes)");
  app.add_flag("--json", raw.command.json, "Print what was found as JSON, nothing else to stdout");
  app.add_flag("--quiet", raw.command.quiet, "No progress");
}

std::variant<CapacityCommand, Answered> command_of(RawCapacity raw, const CLI::App& app) {
  CapacityCommand command = std::move(raw.command);
  const LoadTestOptions& test = command.options.test;
  if (const auto wrong = read_search_flags(raw.search, app, test.first_seed, test.runs, command))
    return refused_usage(*wrong, capacity_name);
  command.escrows_given = app.count("--escrows") > 0;
  if (app.count("--at-once-max") > 0) command.options.at_once_max = raw.at_once_max;
  if (app.count("--per-minute") > 0) command.options.per_minute = raw.per_minute;
  return command;
}

}  // namespace

std::variant<CapacityCommand, Answered> read_capacity_options(std::vector<std::string> arguments) {
  CLI::App app(capacity_about, capacity_name);
  app.footer(capacity_notes);
  RawCapacity raw;
  add_options(app, raw);
  if (auto answered = parse_arguments(app, std::move(arguments), capacity_name))
    return std::move(*answered);
  return command_of(std::move(raw), app);
}

}  // namespace escrowstorm::sim
