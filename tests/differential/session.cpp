#include "tests/differential/session.hpp"

#include <charconv>

namespace escrowstorm::differential {
namespace {

using nlohmann::json;

constexpr const char* nothing = "nothing";
constexpr std::size_t cut_chars = 10;

// A key of the result, or elements of arrays below it: "tx_hash_list/0".
const json* look_up(const json& answer, const std::string& path) {
  const json::json_pointer pointer("/result/" + path);
  return answer.contains(pointer) ? &answer.at(pointer) : nullptr;
}

}  // namespace

// "run", "stock:NAME", "N/PATH"; the last two also with "|cut" behind: without the end.
std::string Session::value_of(std::string_view name) const {
  if (name == "run") return run_;
  const std::size_t bar = name.find('|');
  if (bar != name.npos) {
    const std::string whole = value_of(name.substr(0, bar));
    return whole.substr(0, whole.size() - std::min(whole.size(), cut_chars));
  }
  if (name.starts_with("stock:")) {
    const auto known = stock_.find(std::string(name.substr(6)));
    return known == stock_.end() ? nothing : known->second;
  }
  std::size_t step = 0;
  const auto read = std::from_chars(name.data(), name.data() + name.size(), step);
  if (read.ec != std::errc() || *read.ptr != '/' || step >= answers_.size()) return nothing;
  const json* value = look_up(answers_[step], std::string(name.substr(name.find('/') + 1)));
  return value && value->is_string() ? value->get<std::string>() : nothing;
}

const json& Session::play(const Step& step) {
  const auto values = [this](std::string_view name) { return value_of(name); };
  if (step.method.empty()) {
    fleet_.copy_wallet(fill_in_text(step.copy_from, values), fill_in_text(step.copy_to, values));
    answers_.emplace_back();
  } else {
    answers_.push_back(fleet_.call(step.at, step.method, fill_in(step.params, values)));
  }
  return answers_.back();
}

}  // namespace escrowstorm::differential
