#include "sim/cli/parse_arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "sim/report/wording.hpp"

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

}  // namespace escrowstorm::sim
