#include "sim/compare/trace_divergence.hpp"

#include "sim/compare/trace_lines.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::uint64_t lines_between_looks_at_both = 100'000;

}  // namespace

std::variant<Divergence, std::string, TraceInterrupted> first_divergence(
    const std::filesystem::path& first, const std::filesystem::path& second,
    const TraceProgress& go_on) {
  TraceLines a(first);
  TraceLines b(second);
  for (std::uint64_t seq = 0;; ++seq) {
    const bool more_of_a = a.next();
    const bool more_of_b = b.next();
    if (a.failure()) return *a.failure();
    if (b.failure()) return *b.failure();
    if (!more_of_a && !more_of_b) return Divergence();
    if (!more_of_a || !more_of_b || a.line() != b.line())
      return Divergence(TraceDifference{seq, std::string(more_of_a ? a.line() : ""),
                                        std::string(more_of_b ? b.line() : "")});
    if (seq % lines_between_looks_at_both == 0 && !go_on(a.bytes())) return TraceInterrupted{};
  }
}

}  // namespace escrowstorm::sim
