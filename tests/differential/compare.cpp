#include "tests/differential/compare.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>

namespace escrowstorm::differential {
namespace {

using nlohmann::json;

// What amounts are called in answers.
bool is_amount(std::string_view key) {
  constexpr std::array names{
      "amount", "amount_in",   "amount_out",    "amounts",          "balance",
      "fee",    "fee_list",    "amount_list",   "change_amount",    "reward",
      "weight", "weight_list", "total_balance", "unlocked_balance", "total_unlocked_balance"};
  return std::ranges::find(names, key) != names.end();
}

bool close(const json& a, const json& b, std::uint64_t tolerance) {
  if (!a.is_number_unsigned() || !b.is_number_unsigned()) return false;
  const auto x = a.get<std::uint64_t>();
  const auto y = b.get<std::uint64_t>();
  return std::max(x, y) - std::min(x, y) <= tolerance;
}

std::string shown(const json& value) {
  std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  return text.size() > 400 ? text.substr(0, 400) + "..." : text;
}

class Comparison {
 public:
  explicit Comparison(Tolerance tolerance) : tolerance_(tolerance) {}

  void compare(const std::string& place, std::string_view key, const json& real, const json& mock) {
    if (real == mock) return;
    if (real.is_object() && mock.is_object()) return objects(place, real, mock);
    if (real.is_array() && mock.is_array() && real.size() == mock.size()) {
      for (std::size_t i = 0; i < real.size(); ++i)
        compare(place + "[" + std::to_string(i) + "]", key, real[i], mock[i]);
      return;
    }
    if (is_amount(key) && close(real, mock, tolerance_.amount)) return;
    if (key == "global_index" && close(real, mock, tolerance_.place)) return;
    found.push_back(place + ": real " + shown(real) + ", mock " + shown(mock));
  }

  std::vector<std::string> found;

 private:
  void objects(const std::string& place, const json& real, const json& mock) {
    std::set<std::string> keys;
    for (const auto& [key, value] : real.items()) keys.insert(key);
    for (const auto& [key, value] : mock.items()) keys.insert(key);
    for (const std::string& key : keys) {
      const std::string at = place.empty() ? key : place + "." + key;
      if (!real.contains(key)) {
        found.push_back(at + ": not in the real one, mock " + shown(mock[key]));
      } else if (!mock.contains(key)) {
        found.push_back(at + ": real " + shown(real[key]) + ", not in the mock");
      } else {
        compare(at, key, real[key], mock[key]);
      }
    }
  }

  Tolerance tolerance_;
};

}  // namespace

std::vector<std::string> differences(const json& real, const json& mock, Tolerance tolerance) {
  Comparison comparison(tolerance);
  comparison.compare("", "", real, mock);
  return std::move(comparison.found);
}

}  // namespace escrowstorm::differential
