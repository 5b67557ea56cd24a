#include "sim/compare/run_summary.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "sim/report/wording.hpp"
#include "sim/scenario/json_tree.hpp"
#include "sim/scenario/text_file.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t summary_kib_max = 4096;
constexpr std::size_t metrics_max = 5000;  // a run has some 200
constexpr double number_max = 1e15;        // as ms thirty thousand years

std::optional<double> number_in(const JsonNode& node) {
  if (const auto* whole = std::get_if<std::uint64_t>(&node.value))
    return static_cast<double>(*whole);
  if (const auto* negative = std::get_if<std::int64_t>(&node.value))
    return static_cast<double>(*negative);
  if (const auto* fraction = std::get_if<double>(&node.value)) return *fraction;
  return std::nullopt;
}

const JsonNode* member(const JsonNode& node, std::string_view key) {
  const auto* members = std::get_if<JsonNode::Object>(&node.value);
  if (members == nullptr) return nullptr;
  const auto at = std::find_if(members->begin(), members->end(),
                               [key](const JsonMember& one) { return one.key == key; });
  return at == members->end() ? nullptr : &at->value;
}

// Fills a RunSummary from the tree of its file; remembers the first thing that was wrong.
class SummaryTaker {
 public:
  explicit SummaryTaker(const JsonNode& root) : root_(root) {}

  std::variant<RunSummary, JsonFault> take() {
    run_.scenario = text_of(root_, "scenario");
    run_.world = text_of(root_, "world");
    run_.digest = text_of(root_, "digest");
    run_.passed = text_of(root_, "verdict") == "pass";
    take_seed();
    run_.interrupted = is_true(member(root_, "interrupted"));
    run_.aborted = member(root_, "aborted") != nullptr;
    if (member(root_, "escrows") == nullptr) wrong(root_, "escrows");
    if (!fault_) take_sections();
    if (fault_) return *fault_;
    return std::move(run_);
  }

 private:
  void wrong(const JsonNode& node, std::string_view key) {
    if (!fault_)
      fault_ = JsonFault{node.place, "is no summary of a run: nothing that it could take for \"" +
                                         std::string(key) + "\""};
  }

  static bool is_true(const JsonNode* node) {
    const bool* value = node == nullptr ? nullptr : std::get_if<bool>(&node->value);
    return value != nullptr && *value;
  }

  std::string text_of(const JsonNode& node, std::string_view key) {
    const JsonNode* found = member(node, key);
    const auto* text = found == nullptr ? nullptr : std::get_if<std::string>(&found->value);
    if (text == nullptr) wrong(found == nullptr ? node : *found, key);
    return text == nullptr ? std::string() : *text;
  }

  double number_of(const JsonNode& node, std::string_view key) {
    const JsonNode* found = member(node, key);
    const auto number = found == nullptr ? std::nullopt : number_in(*found);
    if (!number) wrong(found == nullptr ? node : *found, key);
    return number.value_or(0);
  }

  std::uint64_t count_of(const JsonNode& node) {
    const JsonNode* found = member(node, "count");
    const auto* count = found == nullptr ? nullptr : std::get_if<std::uint64_t>(&found->value);
    if (count == nullptr) wrong(found == nullptr ? node : *found, "count");
    return count == nullptr ? 0 : *count;
  }

  void take_seed() {
    const JsonNode* seed = member(root_, "seed");
    const auto* value = seed == nullptr ? nullptr : std::get_if<std::uint64_t>(&seed->value);
    if (value == nullptr)
      wrong(root_, "seed");
    else
      run_.seed = *value;
  }

  void take_sections() {
    for (const JsonMember& section : std::get<JsonNode::Object>(root_.value)) {
      const std::string& key = section.key;
      if (key == "seed" || key == "aborted") continue;
      if (key == "invariants" || key == "faults" || key == "errors" || key == "failures" ||
          key == "thresholds")
        take_list(section);
      else if (key == "selected")
        take_selected(section.value);
      else
        take_numbers(section.value, key);
    }
  }

  void take_numbers(const JsonNode& node, const std::string& path) {
    if (const auto number = number_in(node)) return put(node, path, *number);
    if (const auto* members = std::get_if<JsonNode::Object>(&node.value))
      for (const JsonMember& one : *members) take_numbers(one.value, path + "." + one.key);
  }

  void take_list(const JsonMember& section) {
    const auto* items = std::get_if<JsonNode::Array>(&section.value.value);
    if (items == nullptr) return wrong(section.value, section.key);
    for (const JsonNode& item : *items) take_item(section.key, item);
  }

  void take_item(const std::string& list, const JsonNode& item) {
    if (list == "invariants") {
      put(item, "invariants." + text_of(item, "name"), number_of(item, "violations"));
    } else if (list == "faults") {
      const std::string path = "faults." + text_of(item, "fault");
      std::string name = path;  // of several alike each has a name of its own
      for (int i = 2; names_.contains(name); ++i) name = path + " " + std::to_string(i);
      put(item, name, number_of(item, "fired"));
    } else if (list == "errors") {
      const bool has_code = number_of(item, "code") != 0;
      const std::string code = has_code ? json_text(*member(item, "code")) + " " : "";
      run_.errors.push_back({code + text_of(item, "message"), count_of(item)});
    } else if (list == "failures") {
      run_.failures.push_back({text_of(item, "reason"), count_of(item)});
    } else if (!is_true(member(item, "pass"))) {
      run_.missed.push_back(text_of(item, "text"));
    }
  }

  void take_selected(const JsonNode& section) {
    const auto* metrics = std::get_if<JsonNode::Object>(&section.value);
    if (metrics == nullptr) return wrong(section, "selected");
    for (const JsonMember& metric : *metrics)
      if (const JsonNode* value = member(metric.value, "value")) take_numbers(*value, metric.key);
  }

  void put(const JsonNode& node, const std::string& name, double value) {
    if (!(std::abs(value) <= number_max)) {
      fault_ = JsonFault{node.place, "is no summary of a run: a number larger than any run has"};
    } else if (names_.size() >= metrics_max) {
      fault_ = JsonFault{node.place, "is no summary of a run: more than " +
                                         std::to_string(metrics_max) + " metrics"};
    } else if (!names_.insert(name).second) {
      fault_ = JsonFault{node.place, "is no summary of a run: " + in_quotes(name) + " twice"};
    } else {
      run_.metrics.emplace_back(name, value);
    }
  }

  const JsonNode& root_;
  RunSummary run_;
  std::set<std::string, std::less<>> names_;
  std::optional<JsonFault> fault_;
};

}  // namespace

std::variant<RunSummary, std::string> read_run_summary(const fs::path& file) {
  const std::string name = printable(file.string(), 1000);
  std::string text;
  if (const auto wrong = read_text_file(file, summary_kib_max, text)) return name + ": " + *wrong;
  const auto said = [&](const JsonFault& fault) {
    return name + ":" + std::to_string(fault.place.line) + ":" +
           std::to_string(fault.place.column) + ": " + printable(fault.why, 400) + ": run it again";
  };
  const auto tree = parse_json(text);
  if (const auto* fault = std::get_if<JsonFault>(&tree)) return said(*fault);
  auto taken = SummaryTaker(std::get<JsonNode>(tree)).take();
  if (const auto* fault = std::get_if<JsonFault>(&taken)) return said(*fault);
  return std::get<RunSummary>(std::move(taken));
}

}  // namespace escrowstorm::sim
