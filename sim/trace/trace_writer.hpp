// Writes events.jsonl. Buffered; what can't be written (disk full) is kept as a value, so that the
// run goes on and ends with its summary. The digest covers every event, written or not.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/observer.hpp"
#include "sim/process/unique_fd.hpp"
#include "sim/trace/digest.hpp"

namespace escrowstorm::sim {

class TraceWriter final : public Observer {
 public:
  // Replaces the file.
  explicit TraceWriter(std::filesystem::path file);
  ~TraceWriter() override;
  TraceWriter(const TraceWriter&) = delete;
  TraceWriter& operator=(const TraceWriter&) = delete;

  void on(const Event& event) override;

  // Hands everything to the system.
  void flush();

  std::uint64_t events() const { return events_; }
  const Digest& digest() const { return digest_; }

  // One line with file and reason, once something could not be written.
  const std::optional<std::string>& failure() const { return failure_; }

 private:
  void fail(int error);

  std::filesystem::path file_;
  UniqueFd out_;
  std::string buffer_;
  std::uint64_t events_ = 0;
  Digest digest_;
  std::optional<std::string> failure_;
};

}  // namespace escrowstorm::sim
