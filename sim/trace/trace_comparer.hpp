// Holds a run against the trace of an earlier one, event by event: the first that differs is kept.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "base/observer.hpp"

namespace escrowstorm::sim {

struct TraceDifference {
  std::uint64_t seq = 0;
  std::string first;   // the event's line then; empty: that run had ended
  std::string second;  // and now
};

class TraceComparer final : public Observer {
 public:
  // `file` was written by a TraceWriter.
  explicit TraceComparer(const std::filesystem::path& file) : file_(file, std::ios::binary) {}

  void on(const Event& event) override;
  // To be called when the run is over: the earlier one may have had more.
  void finish();

  const std::optional<TraceDifference>& difference() const { return difference_; }
  std::uint64_t events() const { return events_; }

 private:
  std::ifstream file_;
  std::uint64_t events_ = 0;
  std::string expected_;
  std::string line_;
  std::optional<TraceDifference> difference_;
};

}  // namespace escrowstorm::sim
