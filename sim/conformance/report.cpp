#include "sim/conformance/report.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::size_t name_width = 32;
constexpr std::size_t difference_bytes_max = 2000;

std::size_t passed_of(std::span<const PlayedTranscript> played) {
  return static_cast<std::size_t>(std::ranges::count_if(
      played, [](const PlayedTranscript& p) { return p.differences.empty(); }));
}

std::size_t differences_of(std::span<const PlayedTranscript> played) {
  std::size_t count = 0;
  for (const PlayedTranscript& p : played) count += p.differences.size();
  return count;
}

// Preparation and closing are no steps of the file.
std::string place_of(const Difference& difference, std::size_t steps) {
  if (difference.step == 0) return "before it began";
  if (difference.step > steps) return "at its end";
  return "step " + std::to_string(difference.step);
}

}  // namespace

std::string lines_of(const PlayedTranscript& played) {
  std::string name = printable(played.name);
  name.resize(std::max(name.size(), name_width), ' ');
  std::string lines = (played.differences.empty() ? "pass  " : "FAIL  ") + name + "  " +
                      counted(played.steps, "step") + ", " + duration_text(played.took) + "\n";
  for (const Difference& d : played.differences) {
    lines += "      " + place_of(d, played.steps) + ": " + printable(d.what, difference_bytes_max) +
             "\n";
  }
  return lines;
}

std::string conclusion(std::span<const PlayedTranscript> played, std::size_t planned) {
  const std::size_t passed = passed_of(played);
  std::string text = std::to_string(passed) + " of " + counted(planned, "transcript") + " passed";
  if (passed < played.size()) {
    text += "; " + counted(differences_of(played), "difference") + " in " +
            std::to_string(played.size() - passed);
  }
  if (played.size() < planned)
    text += "; " + std::to_string(planned - played.size()) + " not played";
  return text;
}

bool all_passed(std::span<const PlayedTranscript> played, std::size_t planned) {
  return passed_of(played) == planned;
}

nlohmann::ordered_json to_json(std::span<const PlayedTranscript> played, std::size_t planned) {
  auto transcripts = nlohmann::ordered_json::array();
  for (const PlayedTranscript& p : played) {
    auto differences = nlohmann::ordered_json::array();
    for (const Difference& d : p.differences)
      differences.push_back({{"step", d.step}, {"what", d.what}});
    transcripts.push_back({{"name", p.name},
                           {"file", p.file},
                           {"recorded_from", p.recorded_from},
                           {"steps", p.steps},
                           {"took_ms", to_ms(p.took)},
                           {"pass", p.differences.empty()},
                           {"differences", std::move(differences)}});
  }
  return {{"transcripts", std::move(transcripts)},
          {"planned", planned},
          {"passed", passed_of(played)},
          {"failed", played.size() - passed_of(played)},
          {"not_played", planned - played.size()},
          {"verdict", all_passed(played, planned) ? "pass" : "fail"}};
}

}  // namespace escrowstorm::sim
