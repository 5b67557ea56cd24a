#include "sim/cli/override_flags.hpp"

#include <CLI/CLI.hpp>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {

// --world and --seed are run's alone: the others have their own notion of them.
void add_override_flags(CLI::App& app, OverrideFlags& flags) {
  app.add_option("--escrows", flags.escrows, "How many escrows in all")->type_name("N");
  app.add_option("--set", flags.sets, "Any other value of the scenario; may be repeated")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
}

std::variant<std::vector<Override>, std::string> overrides_of(const OverrideFlags& flags,
                                                              const CLI::App& app) {
  std::vector<Override> overrides;
  for (const std::string& text : flags.sets) {
    auto parsed = Override::parse(text);
    if (const auto* wrong = std::get_if<std::string>(&parsed))
      return "--set " + printable(text) + " " + *wrong;
    overrides.push_back(std::get<Override>(std::move(parsed)));
  }
  const auto add = [&](const char* option, const char* path, const std::string& value) {
    if (app.get_option_no_throw(option) && app.count(option) > 0)
      overrides.push_back({std::string(option) + " " + value, path, value});
  };
  add("--world", "world", flags.world);
  add("--seed", "seed", flags.seed);
  add("--escrows", "storm.escrows", flags.escrows);
  return overrides;
}

}  // namespace escrowstorm::sim
