// What a search says of itself while it goes on: on a terminal a line that is written over,
// elsewhere a plain one now and then.
#pragma once

#include <ostream>
#include <string>

#include "sim/cli/terminal.hpp"
#include "sim/report/status_line.hpp"

namespace escrowstorm::sim {

class SearchStatus {
 public:
  // `err` outlives it.
  SearchStatus(std::ostream& err, bool quiet) : err_(err), quiet_(quiet), line_(err) {}

  // Called about five times a second.
  void show(const std::string& text) {
    constexpr int plain_every = 25;
    if (quiet_) return;
    if (stderr_is_terminal())
      line_.show(text, terminal_width());
    else if (++calls_ % plain_every == 0)
      err_ << text << '\n' << std::flush;
  }

  void clear() { line_.clear(); }

 private:
  std::ostream& err_;
  const bool quiet_;
  StatusLine line_;
  int calls_ = 0;
};

}  // namespace escrowstorm::sim
