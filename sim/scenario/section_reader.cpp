#include "sim/scenario/section_reader.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <variant>

#include "sim/report/wording.hpp"
#include "sim/scenario/quantities.hpp"

namespace escrowstorm::sim {
namespace {

// "a string", or the number itself: what stands there instead of what was expected.
std::string found_text(const JsonNode& node) {
  if (const auto* whole = std::get_if<std::uint64_t>(&node.value)) return std::to_string(*whole);
  if (const auto* negative = std::get_if<std::int64_t>(&node.value))
    return std::to_string(*negative);
  return std::string(kind_of(node));
}

}  // namespace

SectionReader::SectionReader(const JsonNode* node, std::string path, Findings& findings)
    : path_(std::move(path)), findings_(findings) {
  if (findings_.notes()) note_ = &(*findings_.notes())[path_];
  if (!node) return;
  place_ = node->place;
  members_ = std::get_if<JsonNode::Object>(&node->value);
  if (!members_) expected(*node, path_, "a section in braces");
}

const JsonNode* SectionReader::find(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.push_back(key);
  if (note_) note_->key(key);
  if (!members_) return nullptr;
  const auto at = std::find_if(members_->begin(), members_->end(),
                               [&](const JsonMember& member) { return member.key == key; });
  return at == members_->end() ? nullptr : &at->value;
}

void SectionReader::read(std::string_view key, bool& out) {
  note(key, ValueNote::Kind::truth);
  note_absent(key, out);
  const JsonNode* node = find(key);
  if (!node) return;
  if (const auto* value = std::get_if<bool>(&node->value)) {
    out = *value;
  } else {
    expected(*node, path_of(key), "true or false");
  }
}

void SectionReader::read(std::string_view key, std::string& out) {
  note(key, ValueNote::Kind::text);
  note_absent(key, out);
  const JsonNode* node = find(key);
  if (!node) return;
  const auto* value = std::get_if<std::string>(&node->value);
  if (!value) {
    expected(*node, path_of(key), "a string");
  } else if (!is_utf8(*value)) {
    complain(key, "is no UTF-8: " + in_quotes(*value));  // a command line may hold any bytes
  } else {
    out = *value;
  }
}

bool SectionReader::read_whole(std::string_view key, std::uint64_t& out, std::uint64_t min,
                               std::uint64_t max, std::string_view why) {
  if (ValueNote* note_of_it = note(key, ValueNote::Kind::whole)) {
    note_of_it->min = static_cast<std::int64_t>(min);
    note_of_it->max = max;
  }
  const JsonNode* node = find(key);
  if (!node) return false;
  const auto* whole = std::get_if<std::uint64_t>(&node->value);
  const bool negative = std::holds_alternative<std::int64_t>(node->value);
  if (!whole && !negative) {
    expected(*node, path_of(key), "a whole number");
    return false;
  }
  if (negative || *whole < min) {
    expected(
        *node, path_of(key),
        "at least " + std::to_string(min) + (why.empty() ? "" : " (" + std::string(why) + ")"));
    return false;
  }
  if (*whole > max) {
    expected(*node, path_of(key), "at most " + std::to_string(max));
    return false;
  }
  out = *whole;
  return true;
}

std::optional<Duration> SectionReader::duration_at(std::string_view key, Duration min) {
  if (note_) note_form(key, duration_form(min));
  const JsonNode* node = find(key);
  if (!node) return std::nullopt;
  const auto* text = std::get_if<std::string>(&node->value);
  const auto parsed = parse_duration(text ? *text : std::string_view());
  if (const auto* what = std::get_if<std::string>(&parsed)) {
    if (text) {
      complain(key, "expected " + *what + ", found " + in_quotes(*text));
    } else {
      expected(*node, path_of(key), *what);
    }
    return std::nullopt;
  }
  const Duration duration = std::get<Duration>(parsed);
  if (duration >= min) return duration;
  complain(key, "expected at least " + duration_key_text(min) + ", found " + in_quotes(*text));
  return std::nullopt;
}

void SectionReader::read(std::string_view key, Duration& out, Duration min) {
  if (note_) note_absent(key, duration_key_text(out));
  out = duration_at(key, min).value_or(out);
}

void SectionReader::read(std::string_view key, std::optional<Duration>& out, Duration min) {
  if (const auto duration = duration_at(key, min)) out = duration;
}

void SectionReader::read(std::string_view key, Rate& out) {
  out = text_at(key, rate_form, parse_rate).value_or(out);
}

void SectionReader::read(std::string_view key, Amount& out) {
  if (note_) note_absent(key, amount_text(out));
  out = text_at(key, amount_form, parse_amount).value_or(out);
}

void SectionReader::read_probability(std::string_view key, std::optional<std::uint32_t>& ppm) {
  if (const auto read = text_at(key, probability_form, parse_probability)) ppm = read;
}

template <class Value>
std::optional<Value> SectionReader::text_at(
    std::string_view key, TextForm (*form)(),
    std::variant<Value, std::string> (*parse)(std::string_view)) {
  if (note_) note_form(key, form());
  const JsonNode* node = find(key);
  if (!node) return std::nullopt;
  const auto* text = std::get_if<std::string>(&node->value);
  const auto parsed = parse(text ? *text : std::string_view());
  if (const auto* value = std::get_if<Value>(&parsed)) return *value;
  if (text)
    complain(key, "expected " + std::get<std::string>(parsed) + ", found " + in_quotes(*text));
  else
    expected(*node, path_of(key), std::get<std::string>(parsed));
  return std::nullopt;
}

void SectionReader::read_code(std::string_view key, int& out) {
  constexpr int least = std::numeric_limits<int>::min();
  constexpr int most = std::numeric_limits<int>::max();
  if (ValueNote* note_of_it = note(key, ValueNote::Kind::whole)) {
    note_of_it->min = least;
    note_of_it->max = most;
  }
  const JsonNode* node = find(key);
  if (!node) return;
  const auto* negative = std::get_if<std::int64_t>(&node->value);
  const auto* whole = std::get_if<std::uint64_t>(&node->value);
  if (negative && *negative >= least) {
    out = static_cast<int>(*negative);
  } else if (whole && *whole <= static_cast<std::uint64_t>(most)) {
    out = static_cast<int>(*whole);
  } else {
    expected(*node, path_of(key), "an error code, such as -28");
  }
}

void SectionReader::read_list(
    std::string_view key, const std::function<void(const JsonNode&, const std::string&)>& each) {
  if (note_ && note_->key(key).lists == KeyNote::Lists::none)
    note_->key(key).lists = KeyNote::Lists::only;
  const JsonNode* node = find(key);
  if (!node) return;
  const auto* items = std::get_if<JsonNode::Array>(&node->value);
  if (!items) return expected(*node, path_of(key), "a list in brackets");
  for (std::size_t i = 0; i < items->size(); ++i)
    each((*items)[i], path_of(key) + "[" + std::to_string(i) + "]");
}

void SectionReader::read_one_or_list(
    std::string_view key, const std::function<void(const JsonNode&, const std::string&)>& each) {
  if (note_) note_->key(key).lists = KeyNote::Lists::too;
  const JsonNode* node = find(key);
  if (!node) return;
  const auto* items = std::get_if<JsonNode::Array>(&node->value);
  if (!items) return each(*node, path_of(key));
  if (items->empty()) complain(key, "an empty list matches nothing: leave it out for anything");
  read_list(key, each);
}

void SectionReader::read_members(const std::function<void(const JsonMember&)>& each) {
  if (!members_) return;
  for (const JsonMember& member : *members_) {
    const bool is_new = std::find(known_.begin(), known_.end(), member.key) == known_.end();
    find(member.key);
    if (is_new) each(member);
  }
}

SectionReader SectionReader::section(std::string_view key) {
  note(key, ValueNote::Kind::section);
  return SectionReader(find(key), path_of(key), findings_);
}

void SectionReader::complain(std::string_view key, std::string_view what) {
  const JsonNode* node = find(key);
  findings_.add(node ? node->place : place_, path_of(key), what);
}

void SectionReader::require(std::string_view key, std::string_view what_it_is) {
  if (note_) note_->key(key).required = true;
  if (members_ && !find(key))
    findings_.add(place_, path_of(key), "missing, expected " + std::string(what_it_is));
}

bool SectionReader::has_any(std::span<const std::string_view> keys) {
  return std::any_of(keys.begin(), keys.end(), [&](std::string_view key) { return has(key); });
}

void SectionReader::refuse(std::string_view key, std::string_view why) {
  if (note_) note_->key(key).refused = true;
  if (has(key)) complain(key, why);
}

void SectionReader::refuse_beside(std::string_view key, std::span<const std::string_view> others,
                                  std::string_view why) {
  if (note_) note_->key(key).not_beside.assign(others.begin(), others.end());
  if (has(key) && has_any(others)) complain(key, why);
}

void SectionReader::refuse_without(std::string_view key, std::span<const std::string_view> others,
                                   std::string_view why) {
  if (note_) note_->key(key).only_beside.assign(others.begin(), others.end());
  if (has(key) && !has_any(others)) complain(key, why);
}

void SectionReader::finish() {
  if (!members_) return;
  std::map<std::string_view, Place> seen;
  for (const JsonMember& member : *members_) {
    const auto [first, is_new] = seen.emplace(member.key, member.place);
    if (!is_new) {
      findings_.add(member.place, path_of(member.key),
                    "duplicate key, first in line " + std::to_string(first->second.line));
    } else if (std::find(known_.begin(), known_.end(), member.key) == known_.end()) {
      findings_.add(member.place, path_of(member.key),
                    "unknown key, " + did_you_mean(member.key, known_));
    }
  }
}

ValueNote* SectionReader::note(std::string_view key, ValueNote::Kind kind) {
  if (!note_) return nullptr;
  ValueNote& value = note_->key(key).value;
  value.kind = kind;
  return &value;
}

void SectionReader::note_absent(std::string_view key, decltype(KeyNote::when_absent) value) {
  if (note_) note_->key(key).when_absent = std::move(value);
}

void SectionReader::note_names(std::string_view key, std::span<const std::string_view> names) {
  if (ValueNote* value = note(key, ValueNote::Kind::text))
    value->names.assign(names.begin(), names.end());
}

void SectionReader::note_form(std::string_view key, TextForm form) {
  if (ValueNote* value = note(key, ValueNote::Kind::text)) value->form = std::move(form);
}

void SectionReader::note_whole(std::string_view key, std::uint64_t max) {
  if (ValueNote* value = note(key, ValueNote::Kind::whole)) value->max = max;
}

void SectionReader::note_rule(KeyRule rule) {
  if (note_) note_->rules.push_back(std::move(rule));
}

void SectionReader::note_decider(std::string_view key) {
  if (note_) note_->decided_by = key;
}

void SectionReader::note_section_too(std::string_view key) {
  if (note_) note_->key(key).section_too = true;
}

void SectionReader::note_paths(std::span<const std::string_view> but, std::uint64_t values_max) {
  if (note_) note_->paths = PathsNote{{but.begin(), but.end()}, values_max};
}

std::string SectionReader::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

void SectionReader::expected(const JsonNode& node, const std::string& path, std::string_view what) {
  findings_.add(node.place, path, "expected " + std::string(what) + ", found " + found_text(node));
}

void SectionReader::complain_at(const Place& place, const std::string& path,
                                std::string_view what) {
  findings_.add(place, path, what);
}

}  // namespace escrowstorm::sim
