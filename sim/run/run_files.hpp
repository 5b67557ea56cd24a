// The files of a run in their folder: events.jsonl, summary.json, junit.xml. Errors are one line
// with the path and the reason.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

struct RunFiles {
  std::filesystem::path folder;
  std::filesystem::path events() const { return folder / "events.jsonl"; }
  std::filesystem::path summary() const { return folder / "summary.json"; }
  std::filesystem::path junit() const { return folder / "junit.xml"; }
};

// runs/<scenario>-<world>-<seed>
std::filesystem::path default_folder(const Scenario& scenario);

// Makes the folder and takes an earlier run's summary and junit.xml away, so that what is there at
// the end belongs to this run.
std::optional<std::string> prepare(const RunFiles& files);

std::optional<std::string> write_text(const std::filesystem::path& file, std::string_view text);

// Bytes of texts from outside that are no UTF-8 become U+FFFD, as in the trace.
std::optional<std::string> write_json(const std::filesystem::path& file,
                                      const nlohmann::ordered_json& value);

}  // namespace escrowstorm::sim
