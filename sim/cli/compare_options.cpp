#include "sim/cli/compare_options.hpp"

#include <CLI/CLI.hpp>

#include "sim/cli/parse_arguments.hpp"

namespace escrowstorm::sim {
namespace {

constexpr const char* compare_name = "escrowstorm compare";

constexpr const char* compare_about =
    "Compares two runs, or two sets of runs, metric by metric, and says which differences are "
    "more\n"
    "than noise, which errors are new or gone, and whether B is worse than A by more than "
    "allowed.\n";

constexpr const char* compare_notes = R"(Examples:
  escrowstorm compare runs/first-mock-1 runs/first-mock-2
                                          two runs, by what their traces hold
  escrowstorm compare runs/before runs/after
                                          two folders of runs; five of each at least
  escrowstorm compare runs/before runs/after --allow 10 --allow rpc=25
  escrowstorm compare runs/before runs/after --markdown >> "$GITHUB_STEP_SUMMARY"

A set is made by a loop, and has more to say than a run:
  for seed in $(seq 20); do
    escrowstorm run x.json --world virtual --seed $seed --out runs/before/$seed --quiet
  done

A metric is worse when the difference is more than noise and more than --allow per cent of A. An
invariant violated and escrows unfinished in B and never in A are worse whatever is allowed.
docs/compare.md says what the intervals rest on and how often they hold.

Exit status:
    0  B is not known to be worse than allowed
    3  it is
    2  bad usage, or a file that is no run's
  130  interrupted
    1  a failure of our own
)";

struct RawCompare {
  std::string a, b;
  std::vector<std::string> allowed;
  CompareCommand command;
};

void add_compare_options(CLI::App& app, RawCompare& raw) {
  app.add_option("A", raw.a, "A run's folder, or a folder of such folders: what there was")
      ->required();
  app.add_option("B", raw.b, "The same: what there is now")->required();
  app.add_option("--allow", raw.allowed,
                 "How much worse a metric, or a section such as rpc, may be (default 5)")
      ->type_name("[METRIC=]PERCENT")
      ->allow_extra_args(false);
  app.add_flag("--all", raw.command.all, "Show every metric, not only what differs");
  auto* json = app.add_flag("--json", raw.command.json,
                            "Print all of it as JSON and nothing else to stdout");
  app.add_flag("--markdown", raw.command.markdown, "Print it for a pull request")->excludes(json);
  app.add_flag("--quiet", raw.command.quiet, "No progress");
}

}  // namespace

std::variant<CompareCommand, Answered> read_compare_options(std::vector<std::string> arguments) {
  CLI::App app(compare_about, compare_name);
  app.footer(compare_notes);
  RawCompare raw;
  add_compare_options(app, raw);
  if (auto answered = parse_arguments(app, std::move(arguments), compare_name))
    return std::move(*answered);
  auto allowances = Allowances::parse(raw.allowed);
  if (const auto* wrong = std::get_if<std::string>(&allowances))
    return refused_usage(*wrong, compare_name);
  CompareCommand command = std::move(raw.command);
  command.allowances = std::get<Allowances>(std::move(allowances));
  command.a = raw.a;
  command.b = raw.b;
  return command;
}

}  // namespace escrowstorm::sim
