#include "sim/cli/override_flags.hpp"

#include <CLI/CLI.hpp>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {

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
  if (app.count("--escrows") > 0)
    overrides.push_back({"--escrows " + flags.escrows, "storm.escrows", flags.escrows});
  return overrides;
}

}  // namespace escrowstorm::sim
