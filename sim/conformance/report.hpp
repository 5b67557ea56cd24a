// What is said of played transcripts: lines for people, and the same for programs. Pure functions.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "sim/conformance/player.hpp"

namespace escrowstorm::sim {

struct PlayedTranscript {
  std::string file;
  std::string name;
  std::string recorded_from;
  std::size_t steps = 0;
  Duration took{};
  bool gave_up = false;  // see Player::gave_up()
  std::vector<Difference> differences;
};

// "pass  wallet-files   38 steps, 8.0 s", or FAIL and a line for each difference. Ends with a line
// break.
std::string lines_of(const PlayedTranscript& played);

// "11 of 12 transcripts passed; 2 differences in 1". `planned`: also those that were not played.
std::string conclusion(std::span<const PlayedTranscript> played, std::size_t planned);

bool all_passed(std::span<const PlayedTranscript> played, std::size_t planned);

nlohmann::ordered_json to_json(std::span<const PlayedTranscript> played, std::size_t planned);

}  // namespace escrowstorm::sim
