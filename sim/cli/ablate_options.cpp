#include "sim/cli/ablate_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <thread>

#include "sim/cli/override_flags.hpp"
#include "sim/cli/parse_arguments.hpp"

namespace escrowstorm::sim {
namespace {

constexpr const char* ablate_name = "escrowstorm ablate";

constexpr std::uint64_t ablate_runs_max = 10'000'000;
constexpr unsigned ablate_jobs_max = 256;

constexpr const char* ablate_about =
    "Says which of the waits in a scenario's policies can go. Each is taken away alone, in the\n"
    "virtual world under many seeds and schedules; one that can't be taken away is halved and "
    "then\n"
    "bisected to the shortest that still holds.\n";

constexpr const char* ablate_notes = R"(Examples:
  escrowstorm ablate scenarios/history/004-waits.json
  escrowstorm ablate scenarios/history/003-stagger-and-purge.json --runs 10000
  escrowstorm ablate scenarios/history/004-waits.json --set coordinator.slots=exclusive_lease
  escrowstorm ablate x.json --step 100ms --json

A run fails when an invariant is violated, or an escrow fails or never ends. The verdict on a wait,
with the others as they are:
  safe to remove     no run without it failed. Of N runs that says: less than 3/N of all fail, which
                     is wrong in at most 5 of 100 cases
  unsafe to remove, needs at least T
                     T held in all runs, and a little less failed: see the replay file and its story
  useless            it fails with the wait as without it; the invariant that breaks says why
  not enough         it fails with the wait, but less often than without
  not known          there was no time for it

Exit status:
    0  a verdict on each wait
    3  one is not known
    2  bad usage or a bad scenario file, or one without waits
  130  interrupted
    1  a failure of our own
)";

struct RawAblate {
  std::string scenario, time, step, out;
  OverrideFlags overrides;
  AblateCommand command;
};

void add_options(CLI::App& app, RawAblate& raw) {
  AblationOptions& options = raw.command.options;
  options.jobs = std::clamp(std::thread::hardware_concurrency(), 1u, ablate_jobs_max);
  app.add_option("SCENARIO", raw.scenario, "Scenario file")->required();
  app.add_option("--runs", options.runs, "Runs of each variant that holds")
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{1}, ablate_runs_max))
      ->capture_default_str();
  app.add_option("--seed", options.first_seed, "The first seed")
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--step", raw.step,
                 "How exact the shortest wait is found: 100ms (default a twentieth of the wait)")
      ->type_name("TIME");
  app.add_option("--jobs", options.jobs, "Runs at once, each on a core of its own")
      ->type_name("N")
      ->check(CLI::Range(1u, ablate_jobs_max))
      ->capture_default_str();
  app.add_option("--for", raw.time, "No longer than this: 30s, 10m, 8h")->type_name("TIME");
  add_override_flags(app, raw.overrides);
  app.add_option("--out", raw.out, "Where replay files go (default runs/ablate-<scenario>)")
      ->type_name("DIR");
  app.add_flag("--json", raw.command.json, "Print the verdicts as JSON and nothing else to stdout");
  app.add_flag("--quiet", raw.command.quiet, "No progress");
}

std::variant<AblateCommand, Answered> command_of(RawAblate raw, const CLI::App& app) {
  AblateCommand command = std::move(raw.command);
  auto overrides = overrides_of(raw.overrides, app);
  if (const auto* wrong = std::get_if<std::string>(&overrides))
    return refused_usage(*wrong, ablate_name);
  command.overrides = std::get<std::vector<Override>>(std::move(overrides));
  if (const auto wrong = read_time(app, "--for", raw.time, command.time))
    return refused_usage(*wrong, ablate_name);
  if (const auto wrong = read_time(app, "--step", raw.step, command.options.step))
    return refused_usage(*wrong, ablate_name);
  if (const auto wrong = too_many_seeds(command.options.first_seed, command.options.runs))
    return refused_usage(*wrong, ablate_name);
  command.scenario = raw.scenario;
  if (app.count("--out") > 0) command.out = raw.out;
  return command;
}

}  // namespace

std::variant<AblateCommand, Answered> read_ablate_options(std::vector<std::string> arguments) {
  CLI::App app(ablate_about, ablate_name);
  app.footer(ablate_notes);
  RawAblate raw;
  add_options(app, raw);
  if (auto answered = parse_arguments(app, std::move(arguments), ablate_name))
    return std::move(*answered);
  return command_of(std::move(raw), app);
}

}  // namespace escrowstorm::sim
