#include "tests/differential/step.hpp"

namespace escrowstorm::differential {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t shown_chars_max = 300;

std::string shortened(std::string text) {
  if (text.size() > shown_chars_max) text = text.substr(0, shown_chars_max) + "...";
  return text;
}

ordered_json to_json(const Step& step) {
  if (step.method.empty()) return {{"copy", step.copy_from}, {"to", step.copy_to}};
  ordered_json out;
  if (step.at != Step::daemon) out["at"] = step.at;
  out[step.at == Step::daemon ? "daemon" : "call"] = step.method;
  out["params"] = step.params;
  return out;
}

}  // namespace

ordered_json to_json(const Sequence& sequence) {
  auto out = ordered_json::array();
  for (const Step& step : sequence) out.push_back(to_json(step));
  return out;
}

std::optional<Sequence> read_sequence(const json& file) {
  if (!file.is_array()) return std::nullopt;
  Sequence sequence;
  for (const json& item : file) {
    if (!item.is_object()) return std::nullopt;
    Step step;
    if (item.contains("copy")) {
      step.copy_from = item.value("copy", "");
      step.copy_to = item.value("to", "");
    } else if (item.contains("daemon")) {
      step.at = Step::daemon;
      step.method = item.value("daemon", "");
    } else {
      step.at = item.value("at", 0);
      step.method = item.value("call", "");
      if (step.method.empty()) return std::nullopt;
    }
    step.params = item.value("params", json::object());
    sequence.push_back(std::move(step));
  }
  return sequence;
}

std::string in_words(const Step& step) {
  if (step.method.empty()) return "copy " + step.copy_from + " to " + step.copy_to;
  const std::string where =
      step.at == Step::daemon ? "the daemon" : "instance " + std::to_string(step.at);
  return step.method + " on " + where + " " + shortened(step.params.dump());
}

std::string fill_in_text(std::string_view text, const ValueOf& value_of) {
  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t begin = text.find("${", at);
    const std::size_t end = text.find('}', begin);
    if (begin == text.npos || end == text.npos) return out + std::string(text.substr(at));
    out += text.substr(at, begin - at);
    out += value_of(text.substr(begin + 2, end - begin - 2));
    at = end + 1;
  }
}

json fill_in(const json& value, const ValueOf& value_of) {
  if (const auto* text = value.get_ptr<const std::string*>()) return fill_in_text(*text, value_of);
  json out = value;
  if (out.is_structured())
    for (json& element : out) element = fill_in(element, value_of);
  return out;
}

}  // namespace escrowstorm::differential
