#include "sim/scenario/threshold_keys.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <variant>

#include "sim/thresholds/abort_watch.hpp"
#include "sim/thresholds/threshold_form.hpp"

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;

// Nothing when something was wrong, which is said then. `how` it may be written.
std::optional<Threshold> read_condition(const JsonNode& item, const std::string& path,
                                        std::string_view how, Findings& findings) {
  const auto* text = std::get_if<std::string>(&item.value);
  if (!text) {
    findings.add(item.place, path,
                 "expected \"METRIC OP VALUE\" " + std::string(how) + ", found " +
                     std::string(kind_of(item)));
    return std::nullopt;
  }
  auto parsed = Threshold::parse(*text);
  if (const auto* wrong = std::get_if<std::string>(&parsed)) {
    findings.add(item.place, path, *wrong);
    return std::nullopt;
  }
  return std::get<Threshold>(std::move(parsed));
}

std::optional<Threshold> read_section(const JsonNode& item, const std::string& path,
                                      Findings& findings) {
  SectionReader section(&item, path, findings);
  bool aborts = false;
  section.read("abort", aborts);
  section.note_form("threshold", threshold_form());
  section.require("threshold", "\"METRIC OP VALUE\" as a string");
  const JsonNode* text = section.find("threshold");
  section.finish();
  const std::string text_path = path + ".threshold";
  auto threshold = text ? read_condition(*text, text_path, "as a string", findings) : std::nullopt;
  if (!threshold) return std::nullopt;
  threshold->aborts = aborts;
  if (const auto wrong = aborts ? why_not_abort(*threshold) : std::nullopt) {
    findings.add(text->place, text_path, *wrong);
    return std::nullopt;
  }
  return threshold;
}

}  // namespace

void read_conditions(SectionReader& section, std::string_view key, Findings& findings,
                     std::vector<Threshold>& out) {
  section.note_form(key, threshold_form());
  section.read_list(key, [&](const JsonNode& item, const std::string& path) {
    if (auto read = read_condition(item, path, "as a string", findings))
      out.push_back(std::move(*read));
  });
}

void read_thresholds(SectionReader& section, Findings& findings, std::vector<Threshold>& out) {
  section.note_form("thresholds", threshold_form());
  section.note_section_too("thresholds");
  section.read_list("thresholds", [&](const JsonNode& item, const std::string& path) {
    const bool is_section = std::holds_alternative<JsonNode::Object>(item.value);
    auto read = is_section ? read_section(item, path, findings)
                           : read_condition(item, path, "as a string or in a section", findings);
    if (read) out.push_back(std::move(*read));
  });
}

Json thresholds_json(const std::vector<Threshold>& thresholds) {
  Json list = Json::array();
  for (const Threshold& threshold : thresholds) {
    if (threshold.aborts)
      list.push_back(Json{{"threshold", threshold.text}, {"abort", true}});
    else
      list.push_back(threshold.text);
  }
  return list;
}

}  // namespace escrowstorm::sim
