// Reads one section of a scenario key by key. Each read names a key that the section may have; what
// is absent keeps the default, what is wrong goes to the findings and keeps it too. finish() finds
// the keys that nobody asked for and those that stand there twice. Where the findings have a place
// for notes, each of these calls leaves one there (key_notes.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/amount.hpp"
#include "base/time.hpp"
#include "sim/scenario/findings.hpp"
#include "sim/scenario/json_tree.hpp"
#include "sim/scenario/key_notes.hpp"
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
    if constexpr (std::is_integral_v<Whole>) note_absent(key, static_cast<std::uint64_t>(out));
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

  // A probability as text, in parts per million.
  void read_probability(std::string_view key, std::optional<std::uint32_t>& ppm);

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

  // Refuse `key` where it is there: always, beside any of `others`, or without all of them.
  void refuse(std::string_view key, std::string_view why);
  void refuse_beside(std::string_view key, std::span<const std::string_view> others,
                     std::string_view why);
  void refuse_without(std::string_view key, std::span<const std::string_view> others,
                      std::string_view why);

  void finish();

  // What is checked elsewhere, for the notes. A text, or each of a list: one of `names`, or of this
  // form; a number: at most `max`.
  void note_names(std::string_view key, std::span<const std::string_view> names);
  void note_form(std::string_view key, TextForm form);
  void note_whole(std::string_view key, std::uint64_t max);
  void note_rule(KeyRule rule);
  // Which keys there are depends on the name that `key` has.
  void note_decider(std::string_view key);
  // A section may stand in place of each text of `key`.
  void note_section_too(std::string_view key);
  void note_paths(std::span<const std::string_view> but, std::uint64_t values_max);

  // "expected WHAT, found a string", about a value that stands at `path`.
  void expected(const JsonNode& node, const std::string& path, std::string_view what);
  void complain_at(const Place& place, const std::string& path, std::string_view what);

 private:
  // A text that `parse` reads; the value or what was expected.
  template <class Value>
  std::optional<Value> text_at(std::string_view key, TextForm (*form)(),
                               std::variant<Value, std::string> (*parse)(std::string_view));
  std::optional<Duration> duration_at(std::string_view key, Duration min);
  bool read_whole(std::string_view key, std::uint64_t& out, std::uint64_t min, std::uint64_t max,
                  std::string_view why);
  std::string path_of(std::string_view key) const;
  bool has_any(std::span<const std::string_view> keys);
  ValueNote* note(std::string_view key, ValueNote::Kind kind);
  void note_absent(std::string_view key, decltype(KeyNote::when_absent) value);

  const JsonNode::Object* members_ = nullptr;
  Place place_;
  std::string path_;
  Findings& findings_;
  SectionNote* note_ = nullptr;  // nothing: nobody wants to know
  std::vector<std::string_view> known_;
};

}  // namespace escrowstorm::sim
