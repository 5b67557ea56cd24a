// How the commands take their arguments from CLI11.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "sim/cli/answered.hpp"

namespace CLI {
class App;
}

namespace escrowstorm::sim {

// Fills what the options of `app` are bound to; or says what is to be said instead.
std::optional<Answered> parse_arguments(CLI::App& app, std::vector<std::string> arguments,
                                        const std::string& command);

// The text of an option that takes a time above zero, where it was given; what is wrong with it, or
// nothing.
std::optional<std::string> read_time(const CLI::App& app, const char* option,
                                     const std::string& text, std::optional<Duration>& out);

}  // namespace escrowstorm::sim
