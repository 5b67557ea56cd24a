#include "sim/cli/ablate_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "sim/cli/parse_arguments.hpp"
#include "sim/report/wording.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

constexpr const char* ablate_name = "escrowstorm ablate";

constexpr std::uint64_t ablate_runs_max = 10'000'000;
constexpr std::uint64_t confirm_runs_max = 1000;

constexpr const char* ablate_about =
    "Says which of the waits and locks in a scenario's policies can go. Each is taken away alone, "
    "in\n"
    "the virtual world under many seeds and schedules; a wait that can't be taken away is halved "
    "and\n"
    "then bisected to the shortest that still holds.\n";

constexpr const char* ablate_notes = R"(Examples:
  escrowstorm ablate scenarios/history/004-waits.json
  escrowstorm ablate scenarios/history/003-stagger-and-purge.json --runs 10000
  escrowstorm ablate scenarios/history/004-waits.json --set coordinator.slots=exclusive_lease
  escrowstorm ablate x.json --step 100ms --json
  escrowstorm ablate x.json --matrix              which policies and limits break what
  escrowstorm ablate x.json --confirm regtest     and whether real wallets agree

A run fails when an invariant is violated, or an escrow fails or never ends. The verdict on a wait
or a lock, with the others as they are:
  safe to remove     no run without it failed. Of N runs that says: less than 3/N of all fail, which
                     is wrong in at most 5 of 100 cases
  unsafe to remove   without it a run failed: see the replay file and its story. Of a wait: T held in
                     all runs, and a little less failed
  useless            it fails with it as without it; the invariant that breaks says why
  not enough         it fails with it, but less often than without
  not known          there was no time for it

--confirm runs what the verdicts rest on in another world, in real time: the mock's sockets, real
wallets on a chain of their own (regtest), or your fleet (live, with --rpc). Only where wallets are
the mock's can all invariants be judged; elsewhere a run fails when an escrow does.
--for begins no further run there, but ends none.

Exit status:
    0  a verdict on each, and the other world agrees
    3  one is not known, or the other world does not agree
    2  bad usage or a bad scenario file, or one with nothing to take away
    6  the world to confirm in could not be set up
  130  interrupted
    1  a failure of our own
)";

struct RawAblate {
  SearchFlags search;
  std::string step, out, confirm;
  AblateCommand command;
};

// All that is not the virtual world itself.
std::vector<std::string_view> worlds_to_confirm_in() {
  std::vector<std::string_view> names;
  for (const WorldKind& kind : worlds())
    if (kind.name != "virtual") names.push_back(kind.name);
  return names;
}

std::string confirm_worlds() {
  std::string text;
  for (const std::string_view name : worlds_to_confirm_in())
    text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

// What is wrong with --confirm and what goes with it, or nothing.
std::optional<std::string> wrong_confirm(const CLI::App& app, const std::string& world,
                                         const WorldFlags& in_world) {
  const bool given = app.count("--confirm") > 0;
  if (!given && app.count("--confirm-runs") > 0) return "--confirm-runs goes with --confirm";
  if (!given && (!in_world.rpc.empty() || in_world.access.given()))
    return "--rpc goes with --confirm live";
  const auto names = worlds_to_confirm_in();
  if (given && std::find(names.begin(), names.end(), world) == names.end())
    return "--confirm " + printable(world) + ": no such world, " + did_you_mean(world, names);
  return std::nullopt;
}

void add_ablate_options(CLI::App& app, RawAblate& raw) {
  AblationOptions& options = raw.command.options;
  add_search_flags(app, raw.search, options.first_seed, options.jobs);
  app.add_option("--runs", options.runs, "Runs of each variant that holds")
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{1}, ablate_runs_max))
      ->capture_default_str();
  app.add_option("--step", raw.step,
                 "How exact the shortest wait is found: 100ms (default a twentieth of the wait)")
      ->type_name("TIME");
  app.add_flag("--matrix", raw.command.matrix,
               "Also hold each slot policy, creation lock, order of rounds, way with sessions and "
               "number of instances against what it breaks: a table");
  app.add_option("--confirm", raw.confirm,
                 "Also run what decides in this world: " + confirm_worlds())
      ->type_name("W");
  app.add_option("--confirm-runs", raw.command.confirm_runs, "Runs of each variant there")
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{1}, confirm_runs_max))
      ->capture_default_str();
  add_world_flags(app, raw.command.in_world);
  app.add_option("--out", raw.out, "Where replay files go (default runs/ablate-<scenario>)")
      ->type_name("DIR");
  app.add_flag("--json", raw.command.json, "Print the verdicts as JSON and nothing else to stdout");
  app.add_flag("--quiet", raw.command.quiet, "No progress");
}

std::variant<AblateCommand, Answered> command_of(RawAblate raw, const CLI::App& app) {
  AblateCommand command = std::move(raw.command);
  const AblationOptions& options = command.options;
  if (const auto wrong =
          read_search_flags(raw.search, app, options.first_seed, options.runs, command))
    return refused_usage(*wrong, ablate_name);
  if (const auto wrong = read_time(app, "--step", raw.step, command.options.step))
    return refused_usage(*wrong, ablate_name);
  if (const auto wrong = wrong_confirm(app, raw.confirm, command.in_world))
    return refused_usage(*wrong, ablate_name);
  if (app.count("--confirm") > 0) command.confirm = raw.confirm;
  if (app.count("--out") > 0) command.out = raw.out;
  return command;
}

}  // namespace

std::variant<AblateCommand, Answered> read_ablate_options(std::vector<std::string> arguments) {
  CLI::App app(ablate_about, ablate_name);
  app.footer(ablate_notes);
  RawAblate raw;
  add_ablate_options(app, raw);
  if (auto answered = parse_arguments(app, std::move(arguments), ablate_name))
    return std::move(*answered);
  return command_of(std::move(raw), app);
}

}  // namespace escrowstorm::sim
