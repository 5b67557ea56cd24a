// The first event in which the traces of two runs differ.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "sim/compare/trace_reader.hpp"
#include "sim/trace/trace_comparer.hpp"

namespace escrowstorm::sim {

using Divergence = std::optional<TraceDifference>;

// Nothing where they do not differ. The error is one line with the place.
std::variant<Divergence, std::string, TraceInterrupted> first_divergence(
    const std::filesystem::path& first, const std::filesystem::path& second,
    const TraceProgress& go_on);

}  // namespace escrowstorm::sim
