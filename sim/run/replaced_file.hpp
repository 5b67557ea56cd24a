// A file that is there whole or not at all: what is written goes into a draft beside it, which then
// takes its place in one step. A draft that never does is removed. Errors are one line with the
// path and the reason.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace escrowstorm::sim {

class ReplacedFile {
 public:
  explicit ReplacedFile(const std::filesystem::path& file);
  ~ReplacedFile();
  ReplacedFile(const ReplacedFile&) = delete;
  ReplacedFile& operator=(const ReplacedFile&) = delete;

  // Why it can't be written, as far as that shows before it is. Leaves nothing behind.
  std::optional<std::string> unfit() const;

  // Replaces the draft.
  std::optional<std::string> write(std::string_view text) const;
  const std::filesystem::path& draft() const { return draft_; }  // absolute

  // REQUIRES: write() succeeded.
  std::optional<std::string> put_in_place();

 private:
  std::filesystem::path file_;    // as it was named, for errors
  std::filesystem::path target_;  // what links lead to
  std::filesystem::path draft_;
};

}  // namespace escrowstorm::sim
