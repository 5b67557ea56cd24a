// What is compared of one run: all of its summary.json that is a number or a text with a count.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace escrowstorm::sim {

struct CountedText {
  std::string text;
  std::uint64_t count = 0;
};

struct RunSummary {
  std::string scenario;
  std::string world;
  std::uint64_t seed = 0;
  std::string digest;
  bool interrupted = false;
  bool aborted = false;  // a threshold ended it early
  bool passed = false;
  std::vector<std::pair<std::string, double>> metrics;  // by path, in the file's order
  std::vector<CountedText> errors;                      // of calls
  std::vector<CountedText> failures;                    // of escrows
  std::vector<std::string> missed;                      // thresholds
};

// `file`: a summary.json. The error is one line with the place.
std::variant<RunSummary, std::string> read_run_summary(const std::filesystem::path& file);

}  // namespace escrowstorm::sim
