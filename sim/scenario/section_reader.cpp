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
  if (!node) return;
  place_ = node->place;
  members_ = std::get_if<JsonNode::Object>(&node->value);
  if (!members_) expected(*node, path_, "a section in braces");
}

const JsonNode* SectionReader::find(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.push_back(key);
  if (!members_) return nullptr;
  const auto at = std::find_if(members_->begin(), members_->end(),
                               [&](const JsonMember& member) { return member.key == key; });
  return at == members_->end() ? nullptr : &at->value;
}

void SectionReader::read(std::string_view key, bool& out) {
  const JsonNode* node = find(key);
  if (!node) return;
  if (const auto* value = std::get_if<bool>(&node->value)) {
    out = *value;
  } else {
    expected(*node, path_of(key), "true or false");
  }
}

void SectionReader::read(std::string_view key, std::string& out) {
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
  out = duration_at(key, min).value_or(out);
}

void SectionReader::read(std::string_view key, std::optional<Duration>& out, Duration min) {
  if (const auto duration = duration_at(key, min)) out = duration;
}

void SectionReader::read(std::string_view key, Rate& out) { read_text(key, out, parse_rate); }

void SectionReader::read(std::string_view key, Amount& out) { read_text(key, out, parse_amount); }

template <class Value>
void SectionReader::read_text(std::string_view key, Value& out,
                              std::variant<Value, std::string> (*parse)(std::string_view)) {
  const JsonNode* node = find(key);
  if (!node) return;
  const auto* text = std::get_if<std::string>(&node->value);
  const auto parsed = parse(text ? *text : std::string_view());
  if (const auto* value = std::get_if<Value>(&parsed))
    out = *value;
  else if (text)
    complain(key, "expected " + std::get<std::string>(parsed) + ", found " + in_quotes(*text));
  else
    expected(*node, path_of(key), std::get<std::string>(parsed));
}

void SectionReader::read_code(std::string_view key, int& out) {
  const JsonNode* node = find(key);
  if (!node) return;
  constexpr int least = std::numeric_limits<int>::min();
  constexpr int most = std::numeric_limits<int>::max();
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
  const JsonNode* node = find(key);
  if (!node) return;
  const auto* items = std::get_if<JsonNode::Array>(&node->value);
  if (!items) return expected(*node, path_of(key), "a list in brackets");
  for (std::size_t i = 0; i < items->size(); ++i)
    each((*items)[i], path_of(key) + "[" + std::to_string(i) + "]");
}

void SectionReader::read_one_or_list(
    std::string_view key, const std::function<void(const JsonNode&, const std::string&)>& each) {
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
  return SectionReader(find(key), path_of(key), findings_);
}

void SectionReader::complain(std::string_view key, std::string_view what) {
  const JsonNode* node = find(key);
  findings_.add(node ? node->place : place_, path_of(key), what);
}

void SectionReader::require(std::string_view key, std::string_view what_it_is) {
  if (members_ && !find(key))
    findings_.add(place_, path_of(key), "missing, expected " + std::string(what_it_is));
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
