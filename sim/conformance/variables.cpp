#include "sim/conformance/variables.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace escrowstorm::sim {
namespace {

// One ${name} in a text: [begin, end) with the braces.
struct Use {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view name;
};

// The first at or after `from`. A "${" without its "}", or around no name, is just text.
std::optional<Use> next_use(std::string_view text, std::size_t from) {
  for (std::size_t begin = text.find("${", from); begin != std::string_view::npos;
       begin = text.find("${", begin + 2)) {
    const std::size_t close = text.find('}', begin);
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view name = text.substr(begin + 2, close - begin - 2);
    if (is_variable_name(name)) return Use{begin, close + 1, name};
  }
  return std::nullopt;
}

}  // namespace

bool is_variable_name(std::string_view name) {
  constexpr auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && std::ranges::all_of(name, allowed);
}

void for_each_variable(const nlohmann::json& value,
                       const std::function<void(const std::string& name)>& use) {
  if (value.is_structured()) {
    for (const auto& element : value) for_each_variable(element, use);
  } else if (const auto* text = value.get_ptr<const std::string*>()) {
    for (auto found = next_use(*text, 0); found; found = next_use(*text, found->end)) {
      use(std::string(found->name));
    }
  }
}

std::string substitute_in_text(std::string_view text, const Variables& variables) {
  std::string result;
  std::size_t copied = 0;
  for (auto found = next_use(text, 0); found; found = next_use(text, found->end)) {
    result += text.substr(copied, found->begin - copied);
    result += variables.at(std::string(found->name));
    copied = found->end;
  }
  result += text.substr(copied);
  return result;
}

nlohmann::json substitute(const nlohmann::json& value, const Variables& variables) {
  nlohmann::json result = value;
  if (result.is_structured()) {
    for (auto& element : result) element = substitute(element, variables);
  } else if (const auto* text = value.get_ptr<const std::string*>()) {
    result = substitute_in_text(*text, variables);
  }
  return result;
}

}  // namespace escrowstorm::sim
