// A line on a terminal that is written over, in one write each time.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace escrowstorm::sim {

// The last column stays free, since writing it wraps on some terminals.
constexpr std::size_t usable_columns(std::size_t width) { return width > 1 ? width - 1 : 0; }

class StatusLine {
 public:
  // `out` outlives it.
  explicit StatusLine(std::ostream& out) : out_(out) {}
  ~StatusLine() { clear(); }
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  // Back to the start, the line as far as it fits, and nothing of a longer one before.
  void show(std::string_view line, std::size_t width) {
    out_ << "\r" + std::string(line.substr(0, usable_columns(width))) + "\x1b[K" << std::flush;
    shown_ = true;
  }

  void clear() {
    if (shown_) out_ << "\r\x1b[K" << std::flush;
    shown_ = false;
  }

 private:
  std::ostream& out_;
  bool shown_ = false;
};

}  // namespace escrowstorm::sim
