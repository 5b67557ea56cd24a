#include "sim/conformance/bounded_json.hpp"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace escrowstorm::sim {
namespace {

using nlohmann::json;

constexpr int depth_max = 32;

// Told of every value before it is made; what is refused is not made.
class Bounds {
 public:
  bool take(int depth, json::parse_event_t event, const json& parsed) {
    if (!why_.empty()) return false;
    if (depth > depth_max) {
      why_ = "is nested too deep";
    } else if (event == json::parse_event_t::object_start) {
      keys_at(depth + 1).clear();
    } else if (event == json::parse_event_t::key) {
      const auto& key = parsed.get_ref<const std::string&>();
      if (!keys_at(depth).insert(key).second) why_ = "has \"" + key + "\" twice in one object";
    }
    return why_.empty();
  }

  const std::string& why() const { return why_; }

 private:
  // Of the object whose members are at this depth.
  std::set<std::string>& keys_at(int depth) {
    const auto at = static_cast<std::size_t>(depth);
    if (keys_.size() <= at) keys_.resize(at + 1);
    return keys_[at];
  }

  std::vector<std::set<std::string>> keys_;
  std::string why_;
};

}  // namespace

std::variant<json, std::string> parse_bounded_json(std::string_view text) {
  Bounds bounds;
  try {
    json value = json::parse(text, [&bounds](int depth, json::parse_event_t event, json& parsed) {
      return bounds.take(depth, event, parsed);
    });
    if (bounds.why().empty()) return value;
  } catch (const json::exception& e) {
    if (bounds.why().empty()) return "is no JSON: " + std::string(e.what());
  }
  return bounds.why();
}

}  // namespace escrowstorm::sim
