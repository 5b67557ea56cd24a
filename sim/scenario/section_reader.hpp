// Reads one section of a scenario key by key. Each read names a key that the section may have; what
// is absent keeps the default, what is wrong goes to the findings and keeps it too. finish() finds
// the keys that nobody asked for and those that stand there twice.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/amount.hpp"
#include "base/time.hpp"
#include "sim/scenario/findings.hpp"
#include "sim/scenario/json_tree.hpp"
#include "sim/storm/arrival_spec.hpp"

namespace escrowstorm::sim {

class SectionReader {
 public:
  // `node` may be nothing: a section that is not there. `path` is the section's own.
  SectionReader(const JsonNode* node, std::string path, Findings& findings);

  // The value of `key`, nothing when it is absent.
  const JsonNode* find(std::string_view key);

  void read(std::string_view key, bool& out);
  void read(std::string_view key, std::string& out);

  // A whole number within [min, max]; `why` follows the limit in the message, may be empty.
  template <class Whole>
  void read(std::string_view key, Whole& out, std::uint64_t min, std::uint64_t max,
            std::string_view why = "") {
    std::uint64_t value = 0;
    if (read_whole(key, value, min, max, why)) out = static_cast<Whole>(value);
  }

  // A duration as text, at least `min`.
  void read(std::string_view key, Duration& out, Duration min = Duration::zero());
  void read(std::string_view key, std::optional<Duration>& out, Duration min = Duration::zero());

  // A rate as text.
  void read(std::string_view key, Rate& out);

  // An amount as text.
  void read(std::string_view key, Amount& out);

  // A code: a whole number of either sign that fits an int.
  void read_code(std::string_view key, int& out);

  // Calls `each` with every item of a list and the item's path.
  void read_list(std::string_view key,
                 const std::function<void(const JsonNode&, const std::string&)>& each);

  // The same; a value that is no list counts as the only item of one. An empty list is an error.
  void read_one_or_list(std::string_view key,
                        const std::function<void(const JsonNode&, const std::string&)>& each);

  // Calls `each` with every member of a section whose keys are not fixed.
  void read_members(const std::function<void(const JsonMember&)>& each);

  SectionReader section(std::string_view key);

  bool has(std::string_view key) { return find(key) != nullptr; }

  // One more finding about `key`'s value, or about the section when the key is absent.
  void complain(std::string_view key, std::string_view what);
  void require(std::string_view key, std::string_view what_it_is);

  void finish();

  // "expected WHAT, found a string", about a value that stands at `path`.
  void expected(const JsonNode& node, const std::string& path, std::string_view what);
  void complain_at(const Place& place, const std::string& path, std::string_view what);

 private:
  // A text that `parse` reads; `Value` or what was expected.
  template <class Value>
  void read_text(std::string_view key, Value& out,
                 std::variant<Value, std::string> (*parse)(std::string_view));
  std::optional<Duration> duration_at(std::string_view key, Duration min);
  bool read_whole(std::string_view key, std::uint64_t& out, std::uint64_t min, std::uint64_t max,
                  std::string_view why);
  std::string path_of(std::string_view key) const;

  const JsonNode::Object* members_ = nullptr;
  Place place_;
  std::string path_;
  Findings& findings_;
  std::vector<std::string_view> known_;
};

}  // namespace escrowstorm::sim
