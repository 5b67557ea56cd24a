#include "sim/schema/paths_schema.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;

class PathsMaker {
 public:
  PathsMaker(const Json& definitions, const PathsNote& note)
      : definitions_(definitions), note_(note) {}

  // The keys of the section whose schema stands at `pointer`, and of those below it.
  void take(const Json& section, const std::string& pointer, const std::string& before) {
    if (section.contains("$ref")) {
      const auto reference = section["$ref"].get<std::string>();
      const std::string name = reference.substr(reference.rfind('/') + 1);
      if (name == "paths") return;
      take(definitions_.at(name), reference, before);
      // Which of them there are depends on a name: any of them may be meant.
      for (const Json& variant : definitions_.at(name).value("allOf", Json::array()))
        take(variant["then"], "", before);
      return;
    }
    if (!section.contains("properties")) return;
    for (const auto& [key, value] : section["properties"].items()) {
      if (before.empty() && std::find(note_.but.begin(), note_.but.end(), key) != note_.but.end())
        continue;
      const std::string at = pointer + "/properties/" + key;
      add(before + key, at, value);
      take(value, at, before + key + ".");
    }
  }

  Json schema() const {
    return {{"type", "object"}, {"properties", properties_}, {"additionalProperties", false}};
  }

 private:
  void add(const std::string& path, const std::string& pointer, const Json& value) {
    Json& out = properties_[path];
    if (out.is_null())
      out = {{"type", "array"}, {"items", Json()}, {"minItems", 1}, {"maxItems", note_.values_max}};
    if (value.contains("description")) out["description"] = value["description"];
    out["items"]["anyOf"].push_back({{"$ref", pointer}});
  }

  const Json& definitions_;
  const PathsNote& note_;
  Json properties_ = Json::object();
};

}  // namespace

Json paths_schema(const Json& root, const Json& definitions, const PathsNote& note) {
  PathsMaker paths(definitions, note);
  paths.take(root, "#", "");
  return paths.schema();
}

}  // namespace escrowstorm::sim
