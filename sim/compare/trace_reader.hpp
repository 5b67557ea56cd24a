// Reads a run's events.jsonl into groups of its escrows, a line at a time, and holds it against the
// digest in the run's summary.json, so that a trace that was cut short or changed is found out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <variant>

#include "sim/compare/escrow_groups.hpp"

namespace escrowstorm::sim {

struct TraceInterrupted {};

// Told how many bytes have been read, now and then; false: no further.
using TraceProgress = std::function<bool(std::uint64_t bytes)>;

// The error is one line with the place.
std::variant<EscrowGroups, std::string, TraceInterrupted> read_trace(
    const std::filesystem::path& file, const std::string& digest, const TraceProgress& go_on);

}  // namespace escrowstorm::sim
