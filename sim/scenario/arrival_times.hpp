// A file of arrival times, as the arrivals "replayed" take it: one duration a line, since the storm
// began, none before the one above it. Empty lines and what follows a '#' are left out.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.hpp"

namespace escrowstorm::sim {

// At least one. The error is one line with the place in it.
std::variant<std::vector<Duration>, std::string> load_arrival_times(
    const std::filesystem::path& file);

// From the file's text; `name` is what an error calls it.
std::variant<std::vector<Duration>, std::string> parse_arrival_times(std::string_view text,
                                                                     std::string_view name);

}  // namespace escrowstorm::sim
