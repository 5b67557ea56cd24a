// How the commands take their arguments from CLI11.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/cli/answered.hpp"

namespace CLI {
class App;
}

namespace escrowstorm::sim {

// Fills what the options of `app` are bound to; or says what is to be said instead.
std::optional<Answered> parse_arguments(CLI::App& app, std::vector<std::string> arguments,
                                        const std::string& command);

}  // namespace escrowstorm::sim
