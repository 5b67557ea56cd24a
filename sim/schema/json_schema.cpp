#include "sim/schema/json_schema.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>

#include "sim/scenario/key_notes.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/schema/key_docs.hpp"
#include "sim/schema/key_rules.hpp"
#include "sim/schema/paths_schema.hpp"
#include "sim/schema/value_schema.hpp"

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;

// A file in which a section is there, and where.
struct Spot {
  Json file = Json::object();
  Json::json_pointer at;
  std::string path;
  std::string decided_as;  // the name on which its keys depend, where it is there

  SectionNote note() const { return keys_asked_for(file.dump())[path]; }

  // The same with an empty section at `key`, or in a list there.
  Spot below(const std::string& key, bool in_list) const {
    Spot spot = *this;
    spot.decided_as.clear();
    spot.at /= key;
    spot.path += spot.path.empty() ? key : "." + key;
    if (in_list) {
      spot.file[spot.at] = Json::array({Json::object()});
      spot.at /= std::size_t{0};
      spot.path += "[0]";
    } else {
      spot.file[spot.at] = Json::object();
    }
    return spot;
  }

  Spot with_name(const std::string& key, const std::string& name) const {
    Spot spot = *this;
    spot.decided_as = name;
    spot.file[at / key] = name;
    return spot;
  }
};

// "storm.journeys.price" for a key of the section "storm.journeys[0]".
std::string docs_path(std::string path, const std::string& key) {
  constexpr std::string_view first = "[0]";
  for (auto at = path.find(first); at != path.npos; at = path.find(first))
    path.erase(at, first.size());
  return path.empty() ? key : path + "." + key;
}

class SchemaMaker {
 public:
  Json make() {
    Json schema;
    schema["$schema"] = "http://json-schema.org/draft-07/schema#";
    schema["$comment"] = "Made by escrowstorm schema. docs/scenarios.md says more of each key.";
    schema["title"] = "A scenario of escrowstorm";
    schema["allowComments"] = true;
    schema.update(section(Spot(), "scenario"));
    if (paths_) definitions_["paths"].update(paths_schema(schema, definitions_, *paths_));
    schema["definitions"] = std::move(definitions_);
    return schema;
  }

 private:
  // `name` is what it would be called as a definition.
  Json section(const Spot& spot, const std::string& name) {
    const SectionNote note = spot.note();
    const bool undecided = !note.decided_by.empty() && spot.decided_as.empty();
    if (undecided) return decided(spot, note, name);
    if (note.paths) {
      paths_ = note.paths;
      return reference("paths");
    }
    Json out = {{"type", "object"}, {"properties", Json::object()}};
    for (const KeyNote& key : note.keys) {
      if (key.refused) continue;
      Json& out_key = out["properties"][key.key];
      if (key.key == note.decided_by)
        out_key["const"] = spot.decided_as;
      else if (note.decided_by.empty())
        out_key = value(spot, key);
      else
        out_key = shared(name + "." + key.key, value(spot, key));
      if (key.required) out["required"].push_back(key.key);
    }
    out["additionalProperties"] = false;
    add_rules(note, out);
    return out;
  }

  // Only the deciding key, then all of them by its name. Made once: faults and swarm.faults are
  // read by the same function.
  Json decided(const Spot& spot, const SectionNote& note, const std::string& name) {
    if (definitions_.contains(name)) return reference(name);
    Json out = {{"type", "object"}};
    SectionNote notes = note;
    const KeyNote& decider = notes.key(note.decided_by);
    out["properties"][decider.key] = value(spot, decider);
    if (decider.required) out["required"] = Json::array({decider.key});
    for (const std::string& each : decider.value.names) {
      const std::string variant = name + "_" + each;
      definitions_[variant] = section(spot.with_name(decider.key, each), name);
      const bool by_default =
          !decider.required && decider.when_absent == decltype(decider.when_absent)(each);
      out["allOf"].push_back(
          {{"if", name_condition(decider.key, {each}, by_default)}, {"then", reference(variant)}});
    }
    definitions_[name] = std::move(out);
    return reference(name);
  }

  // What many variants of a section have alike stands once. `name` is that of the definition.
  Json shared(const std::string& name, Json value) {
    if (!definitions_.contains(name)) definitions_[name] = value;
    return definitions_[name] == value ? reference(name) : value;
  }

  Json value(const Spot& spot, const KeyNote& key) {
    const bool in_list = key.lists != KeyNote::Lists::none;
    Json one =
        key.value.kind == ValueNote::Kind::unknown || key.value.kind == ValueNote::Kind::section
            ? section(spot.below(key.key, in_list), key.key)
            : value_schema(key.value);
    if (key.section_too)
      one = {{"anyOf", {std::move(one), section(spot.below(key.key, in_list), key.key)}}};
    Json out = in_list ? list_schema(std::move(one), key.lists) : std::move(one);
    describe(docs_path(spot.path, key.key), key, out);
    return out;
  }

  // Beside a reference nothing else counts.
  void describe(const std::string& path, const KeyNote& key, Json& out) {
    const auto doc = docs_.find(path);
    Json* described = &out;
    if (out.contains("$ref")) {
      const auto reference = out["$ref"].get<std::string>();
      described = &definitions_[reference.substr(reference.rfind('/') + 1)];
    }
    if (doc != docs_.end()) (*described)["description"] = doc->second.meaning;
    if (!key.required) add_default(key, out);
  }

  static Json reference(const std::string& name) { return {{"$ref", "#/definitions/" + name}}; }

  const KeyDocs docs_ = key_docs_in(docs_of_keys());
  Json definitions_ = Json::object();
  std::optional<PathsNote> paths_;
};

}  // namespace

Json scenario_schema() { return SchemaMaker().make(); }

}  // namespace escrowstorm::sim
