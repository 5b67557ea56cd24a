#include "sim/calibrate/profile_text.hpp"

#include <nlohmann/json.hpp>

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;

// To the microsecond, as a number with as few digits as it takes.
double rounded_ms(Duration took) {
  return static_cast<double>(std::chrono::round<std::chrono::microseconds>(took).count()) / 1000;
}

Json entry_json(const std::vector<Duration>& samples) {
  const LatencyPercentiles figures = percentiles_of(samples);
  Json entry;
  entry["n"] = samples.size();
  entry["min"] = rounded_ms(figures.min);
  entry["p50"] = rounded_ms(figures.p50);
  entry["p90"] = rounded_ms(figures.p90);
  entry["p99"] = rounded_ms(figures.p99);
  entry["max"] = rounded_ms(figures.max);
  entry["samples"] = Json::array();
  for (const Duration sample : samples) entry["samples"].push_back(rounded_ms(sample));
  return entry;
}

}  // namespace

// A line for each method, so that two profiles can be compared line by line.
std::string profile_text(const LatencySamples& samples, const std::string& label) {
  std::string text = "{\n  \"label\": " + Json(label).dump() + ",\n  \"unit\": \"ms\",\n";
  text += "  \"based_on\": " + Json(calibration_base).dump() + ",\n  \"methods\": {";
  std::string separator = "\n    ";
  for (const auto& [method, taken] : samples) {
    text += separator + Json(method).dump() + ": " + entry_json(taken).dump();
    separator = ",\n    ";
  }
  return text + "\n  }\n}\n";
}

}  // namespace escrowstorm::sim
