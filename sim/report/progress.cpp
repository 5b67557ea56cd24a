#include "sim/report/progress.hpp"

#include <array>
#include <cstdio>
#include <ostream>
#include <vector>

#include "sim/storm/storm.hpp"

namespace escrowstorm::sim {
namespace {

constexpr Duration plain_interval = std::chrono::seconds(5);
constexpr std::size_t plain_width = 200;

std::string elapsed_text(Duration elapsed) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f s", to_ms(elapsed) / 1000);
  return text.data();
}

}  // namespace

void ProgressTally::on(const Event& event) {
  if (event.kind == EventKind::rpc) {
    ++counts_.calls;
    if (!event.ok) ++counts_.call_errors;
  } else if (event.kind == EventKind::lease && event.phase == "granted" && event.escrow) {
    if (!ready_.contains(*event.escrow)) in_set_up_.insert(*event.escrow);
  } else if (event.kind == EventKind::escrow && event.escrow) {
    on_escrow(event);
  }
  counts_.in_set_up = in_set_up_.size();
  counts_.going_on = going_on_.size();
}

void ProgressTally::on_escrow(const Event& event) {
  const EscrowId escrow = *event.escrow;
  if (event.phase == "ready" || event.phase == "failed" || event.phase == "started_over")
    in_set_up_.erase(escrow);
  if (event.phase == "ready") ready_.insert(escrow);
  if (event.phase == storm_phase::set_up) {
    ++counts_.ready;
    going_on_.insert(escrow);
  } else if (event.phase == storm_phase::answered) {
    ++counts_.answered;
    answered_.insert(escrow);
  } else if (event.phase == storm_phase::ended) {
    if (answered_.erase(escrow) > 0) return;
    const bool was_ready = going_on_.erase(escrow) > 0;
    if (event.ok && !was_ready) ++counts_.ready;
    ++(event.ok ? counts_.completed : counts_.failed);
  }
}

std::string progress_line(const ProgressCounts& counts, Duration elapsed, std::size_t width) {
  const std::uint64_t known = counts.ready + counts.answered + counts.failed + counts.in_set_up;
  const std::uint64_t waiting = counts.planned > known ? counts.planned - known : 0;
  const bool journeys = counts.going_on > 0 || counts.completed < counts.ready;
  std::vector<std::string> parts{elapsed_text(elapsed) + ": " + std::to_string(counts.ready) +
                                     " of " + std::to_string(counts.planned) + " ready",
                                 std::to_string(counts.failed) + " failed",
                                 std::to_string(counts.in_set_up) + " in set-up",
                                 std::to_string(waiting) + " waiting",
                                 std::to_string(counts.calls) + " calls",
                                 std::to_string(counts.call_errors) + " errors"};
  if (counts.answered > 0)
    parts.insert(parts.begin() + 1, std::to_string(counts.answered) + " answered");
  if (journeys) parts.insert(parts.begin() + 1, std::to_string(counts.completed) + " completed");
  std::string line;
  for (const std::string& part : parts) {
    const std::string more = (line.empty() ? "" : ", ") + part;
    if (line.size() + more.size() > width) break;
    line += more;
  }
  return line;
}

void ProgressDisplay::show(const ProgressCounts& counts, Duration elapsed, std::size_t width) {
  if (mode_ == Mode::terminal) {
    line_.show(progress_line(counts, elapsed, usable_columns(width)), width);
  } else if (mode_ == Mode::plain && elapsed >= next_plain_) {
    out_ << progress_line(counts, elapsed, plain_width) + "\n" << std::flush;
    next_plain_ = elapsed + plain_interval;
  }
}

}  // namespace escrowstorm::sim
