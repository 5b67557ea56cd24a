#include "sim/cli/parse_arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <variant>

#include "sim/report/wording.hpp"
#include "sim/scenario/quantities.hpp"

namespace escrowstorm::sim {

std::optional<Answered> parse_arguments(CLI::App& app, std::vector<std::string> arguments,
                                        const std::string& command) {
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    return Answered{app.help()};
  } catch (const CLI::ParseError& error) {
    return refused_usage(printable(error.what()), command);
  }
  return std::nullopt;
}

std::optional<std::string> read_time(const CLI::App& app, const char* option,
                                     const std::string& text, std::optional<Duration>& out) {
  if (app.count(option) == 0) return std::nullopt;
  const auto time = parse_duration(text);
  const std::string place = std::string(option) + " " + printable(text) + ": ";
  if (const auto* wrong = std::get_if<std::string>(&time)) return place + *wrong;
  if (std::get<Duration>(time) <= Duration::zero()) return place + "expected more than nothing";
  out = std::get<Duration>(time);
  return std::nullopt;
}

}  // namespace escrowstorm::sim
