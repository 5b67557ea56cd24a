#include "sim/explore/replay_file.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <system_error>

#include "sim/invariants/invariants.hpp"
#include "sim/report/wording.hpp"
#include "sim/run/run_files.hpp"
#include "sim/scenario/choice.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/scenario/text_file.hpp"
#include "sim/scenario/writer.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::vector<std::string> one_error(const fs::path& file, const std::string& what) {
  return {printable(file.string()) + ": " + what};
}

// Nested no deeper than any replay is: what it is read by is recursive.
bool is_shallow(std::string_view text) {
  constexpr int depth_max = 50;
  int depth = 0;
  for (const char c : text) {
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth > depth_max) return false;
  }
  return true;
}

bool take(const json& from, const char* key, std::string& out) {
  const auto at = from.find(key);
  if (at == from.end() || !at->is_string()) return false;
  out = at->get<std::string>();
  return true;
}

}  // namespace

std::string replay_file_name(std::string_view invariant, std::uint64_t found_by) {
  return "replay-" + std::string(invariant) + "-" + std::to_string(found_by) + ".json";
}

std::optional<std::string> write_replay(const fs::path& file, const Replay& replay) {
  nlohmann::ordered_json out;
  out["replay"]["invariant"] = replay.invariant;
  out["replay"]["violation"] = replay.violation;
  out["replay"]["digest"] = replay.digest;
  out["scenario"] = scenario_json(replay.scenario);
  return write_json(file, out);
}

std::variant<Replay, std::vector<std::string>> load_replay(const fs::path& file) {
  std::string text;
  if (const auto wrong = read_text_file(file, scenario_kib_max, text))
    return one_error(file, *wrong);
  if (!is_shallow(text)) return one_error(file, "is no replay file: it is nested too deeply");
  const json parsed = json::parse(text, nullptr, false);
  const bool is_object = parsed.is_object() && parsed.contains("replay") &&
                         parsed["replay"].is_object() && parsed.contains("scenario");
  Replay replay;
  if (!is_object || !take(parsed["replay"], "invariant", replay.invariant) ||
      !take(parsed["replay"], "violation", replay.violation) ||
      !take(parsed["replay"], "digest", replay.digest))
    return one_error(file, "is no replay file: explore writes them (a scenario is run by \"run\")");
  const auto known = names_in(invariants());
  if (std::find(known.begin(), known.end(), replay.invariant) == known.end())
    return one_error(file, no_such("invariant", replay.invariant, known));
  auto scenario = parse_scenario(parsed["scenario"].dump(), file);
  if (auto* errors = std::get_if<std::vector<std::string>>(&scenario)) return std::move(*errors);
  replay.scenario = std::get<Scenario>(std::move(scenario));
  return replay;
}

}  // namespace escrowstorm::sim
