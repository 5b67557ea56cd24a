#include "sim/scenario/swarm_reader.hpp"

#include <algorithm>
#include <array>
#include <variant>

#include "sim/report/wording.hpp"
#include "sim/scenario/fault_reader.hpp"
#include "sim/scenario/overrides.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::string_view_literals;

// Each is checked by reading the whole.
constexpr std::size_t values_max = 256;

// The run itself, not how it goes: explore decides about these.
constexpr std::array not_drawn{"swarm"sv, "seed"sv, "name"sv, "world"sv, "$schema"sv};

class PolicyReader {
 public:
  PolicyReader(const JsonNode& root, const ReadRest& read_rest, Findings& findings)
      : root_(root), read_rest_(read_rest), findings_(findings), base_("", {}) {
    read_rest_(root_, base_);
  }

  void read(const JsonMember& member, SectionReader& section, std::vector<SwarmPolicy>& out) {
    const std::string path = "swarm.policies." + member.key;
    const std::string_view first = std::string_view(member.key).substr(0, member.key.find('.'));
    if (!is_key_path(member.key))
      return findings_.add(member.place, path, "is no path such as \"storm.escrows\"");
    if (std::find(not_drawn.begin(), not_drawn.end(), first) != not_drawn.end())
      return findings_.add(member.place, path, "cannot be drawn");
    const auto* values = std::get_if<JsonNode::Array>(&member.value.value);
    if (!values || values->empty())
      return section.expected(member.value, path, "a list of values, one at least");

    SwarmPolicy policy{member.key, {}};
    for (const JsonNode& value : *values) {
      if (++count_ > values_max)
        return findings_.add(value.place, path,
                             "expected at most " + std::to_string(values_max) + " values in all");
      if (auto text = checked(member.key, value)) policy.values.push_back(std::move(*text));
    }
    out.push_back(std::move(policy));
  }

 private:
  // The value as JSON. Nothing when the scenario is wrong with it and was not so before.
  std::optional<std::string> checked(const std::string& key, const JsonNode& value) {
    JsonNode root = root_;
    Findings found("", {});
    put(key, value, root, found);
    const Scenario scenario = read_rest_(root, found);
    bool all_well = true;
    for (const Finding& finding : found.all()) {
      if (std::find(base_.all().begin(), base_.all().end(), finding) != base_.all().end()) continue;
      findings_.add(finding.place, "swarm.policies", finding.text);
      all_well = false;
    }
    if (!all_well) return std::nullopt;
    JsonNode kept = value;
    keep_paths(kept, key, scenario);
    return json_text(kept);
  }

  // A relative path starts in this file's folder, wherever the value is put later. `scenario` has
  // the value at `key`, which may be a section with such a path in it.
  static void keep_paths(JsonNode& value, const std::string& key, const Scenario& scenario) {
    if (auto* members = std::get_if<JsonNode::Object>(&value.value)) {
      for (JsonMember& member : *members)
        keep_paths(member.value, key + "." + member.key, scenario);
    } else if (key == "fleet.latency") {
      value.value = scenario.fleet.latency;
    } else if (key == "storm.arrivals.file") {
      value.value = scenario.storm.arrivals.file;
    }
  }

  const JsonNode& root_;
  const ReadRest& read_rest_;
  Findings& findings_;
  Findings base_;
  std::size_t count_ = 0;
};

}  // namespace

void read_swarm(const JsonNode& root, SectionReader& reader, const ReadRest& read_rest,
                Findings& findings, SwarmSection& out) {
  SectionReader swarm = reader.section("swarm");
  read_faults(swarm, "faults", findings, out.faults);
  SectionReader policies = swarm.section("policies");
  policies.note_paths(not_drawn, values_max);
  if (swarm.has("policies")) {
    PolicyReader each(root, read_rest, findings);
    policies.read_members(
        [&](const JsonMember& member) { each.read(member, policies, out.policies); });
  }
  policies.finish();
  swarm.finish();
}

}  // namespace escrowstorm::sim
