#include "sim/cli/search_flags.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <thread>
#include <utility>
#include <variant>

#include "sim/cli/parse_arguments.hpp"

namespace escrowstorm::sim {
namespace {

constexpr unsigned search_jobs_max = 256;

std::optional<std::string> too_many_seeds(std::uint64_t first, std::uint64_t count) {
  if (first <= UINT64_MAX - count) return std::nullopt;
  return "--seed " + std::to_string(first) + ": there are not " + std::to_string(count) +
         " seeds from there on";
}

}  // namespace

void add_search_flags(CLI::App& app, SearchFlags& flags, std::uint64_t& first_seed,
                      unsigned& jobs) {
  jobs = std::clamp(std::thread::hardware_concurrency(), 1u, search_jobs_max);
  app.add_option("SCENARIO", flags.scenario, "Scenario file")->required();
  app.add_option("--seed", first_seed, "The first seed")->type_name("N")->capture_default_str();
  app.add_option("--jobs", jobs, "Runs at once, each on a core of its own")
      ->type_name("N")
      ->check(CLI::Range(1u, search_jobs_max))
      ->capture_default_str();
  app.add_option("--for", flags.time, "No longer than this: 30s, 10m, 8h")->type_name("TIME");
  add_override_flags(app, flags.overrides);
}

std::optional<std::string> read_search_flags(const SearchFlags& flags, const CLI::App& app,
                                             std::uint64_t first_seed, std::uint64_t seeds,
                                             SearchArguments& out) {
  auto overrides = overrides_of(flags.overrides, app);
  if (auto* wrong = std::get_if<std::string>(&overrides)) return std::move(*wrong);
  out.overrides = std::get<std::vector<Override>>(std::move(overrides));
  if (auto wrong = read_time(app, "--for", flags.time, out.time)) return wrong;
  out.scenario = flags.scenario;
  return too_many_seeds(first_seed, seeds);
}

}  // namespace escrowstorm::sim
