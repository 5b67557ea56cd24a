#include "sim/compare/trace_lines.hpp"

#include <cerrno>
#include <system_error>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {

namespace fs = std::filesystem;

TraceLines::TraceLines(const fs::path& file)
    : name_(printable(file.string(), 1000)), buffer_(line_bytes_max, '\0') {
  std::error_code ignored;
  if (fs::exists(file, ignored) && !fs::is_regular_file(file, ignored)) {
    failure_ = name_ + ": is no file: a run's folder has the events.jsonl that it wrote";
    return;
  }
  errno = 0;
  in_.open(file, std::ios::binary);
  if (!in_)
    failure_ = name_ + ": cannot be read: " + std::generic_category().message(errno) +
               ": run it again, a run leaves its trace beside summary.json";
}

bool TraceLines::next() {
  if (failure_ || !in_.getline(buffer_.data(), static_cast<std::streamsize>(buffer_.size()))) {
    if (failure_ || in_.eof()) return false;
    ++number_;
    failure_ = in_.bad() ? name_ + ": cannot be read to its end"
                         : complaint("longer than " + std::to_string(line_bytes_max / 1024) +
                                     " KiB, so it is no trace");
    return false;
  }
  ++number_;
  const auto taken = static_cast<std::size_t>(in_.gcount());  // with the line end
  bytes_ += taken;
  if (in_.eof()) {
    failure_ = complaint("is not complete: it was cut short");
    return false;
  }
  line_.assign(buffer_, 0, taken - 1);
  line_ += '\n';
  return true;
}

std::string TraceLines::complaint(const std::string& what) const {
  return name_ + ":" + std::to_string(number_) + ": " + what + ": run it again";
}

}  // namespace escrowstorm::sim
