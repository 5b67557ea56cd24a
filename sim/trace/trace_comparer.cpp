#include "sim/trace/trace_comparer.hpp"

#include "sim/trace/event_line.hpp"

namespace escrowstorm::sim {

void TraceComparer::on(const Event& event) {
  const std::uint64_t seq = events_++;
  if (difference_) return;
  line_.clear();
  append_event_line(line_, seq, event);
  line_.pop_back();  // the line end
  if (!std::getline(file_, expected_)) expected_.clear();
  if (expected_ != line_) difference_ = TraceDifference{seq, expected_, line_};
}

void TraceComparer::finish() {
  if (!difference_ && std::getline(file_, expected_))
    difference_ = TraceDifference{events_, expected_, ""};
}

}  // namespace escrowstorm::sim
