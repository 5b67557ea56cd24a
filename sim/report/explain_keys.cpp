#include "sim/report/explain_keys.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {

using Json = nlohmann::ordered_json;

std::string value_text(const Json& value) {
  if (value.is_string()) return printable(value.get_ref<const std::string&>());
  return printable(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string other_keys(const Json& section, std::span<const std::string_view> worded) {
  std::string text;
  for (const auto& [key, value] : section.items()) {
    if (std::find(worded.begin(), worded.end(), key) != worded.end()) continue;
    text += (text.empty() ? "" : ", ") + key + " " + value_text(value);
  }
  return text;
}

}  // namespace escrowstorm::sim
