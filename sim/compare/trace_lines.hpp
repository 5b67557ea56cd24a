// The lines of an events.jsonl, one at a time: a trace may be larger than memory, and a line that
// never ends is no trace.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace escrowstorm::sim {

class TraceLines {
 public:
  static constexpr std::size_t line_bytes_max = 1024 * 1024;

  explicit TraceLines(const std::filesystem::path& file);

  // Goes to the next line; false at the end, or when it can't be read.
  bool next();

  // REQUIRES for these: next() was true.
  std::string_view line() const { return std::string_view(line_).substr(0, line_.size() - 1); }
  std::string_view line_with_end() const { return line_; }
  std::uint64_t number() const { return number_; }  // from 1
  std::uint64_t bytes() const { return bytes_; }

  // A line about the line that was read last.
  std::string complaint(const std::string& what) const;

  // One line with the place, when the end is none.
  const std::optional<std::string>& failure() const { return failure_; }

 private:
  const std::string name_;
  std::ifstream in_;
  std::string buffer_;
  std::string line_;
  std::uint64_t number_ = 0;
  std::uint64_t bytes_ = 0;
  std::optional<std::string> failure_;
};

}  // namespace escrowstorm::sim
