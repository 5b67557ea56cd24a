#include "sim/scenario/json_tree.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace escrowstorm::sim {
namespace {

using nlohmann::json;

// Walks through the text behind the parser, which says what it read but not where.
class Cursor {
 public:
  Cursor(std::string_view text, std::uint32_t option) : text_(text) {
    place_.option = option;
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
  }

  // Where the next token begins; goes behind it. REQUIRES: the parser has accepted it.
  Place take_token() {
    skip_between();
    const Place begin = place_;
    if (at_ >= text_.size()) return begin;
    if (text_[at_] == '"') {
      take_string();
    } else if (is_bracket(text_[at_])) {
      step();
    } else {
      while (at_ < text_.size() && is_word(text_[at_])) step();
    }
    return begin;
  }

  // The place of a byte that the cursor has not passed, or of the end.
  Place place_of(std::size_t offset) {
    while (at_ < offset && at_ < text_.size()) step();
    return place_;
  }

 private:
  static bool is_bracket(char c) { return c == '{' || c == '}' || c == '[' || c == ']'; }
  static bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == 'E' || c == '+' || c == '-' ||
           c == '.';
  }

  void step() {
    const char c = text_[at_++];
    if (c == '\n') {
      ++place_.line;
      place_.column = 1;
    } else if (at_ >= text_.size() || (static_cast<unsigned char>(text_[at_]) & 0xc0) != 0x80) {
      ++place_.column;  // bytes that continue a character take no column
    }
  }

  void skip_between() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '/') {
        skip_comment();
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == ':') {
        step();
      } else {
        return;
      }
    }
  }

  void skip_comment() {
    const bool block = text_.substr(at_).starts_with("/*");
    const std::size_t end = block ? text_.find("*/", at_ + 2) : text_.find('\n', at_);
    place_of(end == text_.npos ? text_.size() : end + (block ? 2 : 1));
  }

  void take_string() {
    step();
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\') step();
      if (at_ < text_.size()) step();
    }
    if (at_ < text_.size()) step();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Place place_;
};

// "[...] parse error at ...: syntax error while parsing value - unexpected ','; expected ..." to
// "unexpected ','; expected ...".
std::string reason_in(std::string_view what) {
  for (const std::string_view lead : {"] ", " - "})
    if (const auto at = what.find(lead); at != what.npos) what.remove_prefix(at + lead.size());
  const auto read = what.find("; last read: '");
  if (read == what.npos) return std::string(what);
  const auto expected = what.rfind("'; expected ");
  const bool more = expected != what.npos && expected > read;
  return std::string(what.substr(0, read)) +
         (more ? std::string(what.substr(expected + 1)) : std::string());
}

// Builds the tree from the parser's calls. Open containers are on a stack; a parent does not grow
// while a child of it is open, so the pointers hold.
class Builder final : public nlohmann::json_sax<json> {
 public:
  Builder(std::string_view text, std::uint32_t option) : cursor_(text, option) {}

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(std::int64_t{value}); }
  bool number_unsigned(number_unsigned_t value) override { return put(std::uint64_t{value}); }
  bool number_float(number_float_t value, const string_t&) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t&) override { return false; }  // not in text

  bool start_object(std::size_t) override { return open(JsonNode::Object()); }
  bool start_array(std::size_t) override { return open(JsonNode::Array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    auto& members = std::get<JsonNode::Object>(open_.back()->value);
    members.push_back(JsonMember{std::move(name), cursor_.take_token(), JsonNode{}});
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    const Place place = cursor_.place_of(position == 0 ? 0 : position - 1);
    fault_ = JsonFault{place, "no JSON: " + reason_in(error.what())};
    return false;
  }

  std::variant<JsonNode, JsonFault> result() && {
    if (fault_) return std::move(*fault_);
    return std::move(root_);
  }

 private:
  template <class Value>
  JsonNode& place_for(Value value) {
    JsonNode* node = &root_;
    if (!open_.empty()) {
      if (auto* items = std::get_if<JsonNode::Array>(&open_.back()->value)) {
        node = &items->emplace_back();
      } else {
        node = &std::get<JsonNode::Object>(open_.back()->value).back().value;
      }
    }
    node->value = std::move(value);
    node->place = cursor_.take_token();
    return *node;
  }

  template <class Value>
  bool put(Value value) {
    place_for(std::move(value));
    return true;
  }

  template <class Container>
  bool open(Container empty) {
    JsonNode& node = place_for(std::move(empty));
    if (open_.size() == json_depth_max) {
      fault_ =
          JsonFault{node.place, "nested deeper than " + std::to_string(json_depth_max) + " levels"};
      return false;
    }
    open_.push_back(&node);
    return true;
  }

  bool close() {
    cursor_.take_token();
    open_.pop_back();
    return true;
  }

  Cursor cursor_;
  JsonNode root_;
  std::vector<JsonNode*> open_;
  std::optional<JsonFault> fault_;
};

std::string text_of(const JsonNode::Array& items) {
  std::string text = "[";
  for (const JsonNode& item : items) {
    if (text.size() > 1) text += ',';
    text += json_text(item);
  }
  return text + "]";
}

std::string text_of(const JsonNode::Object& members) {
  std::string text = "{";
  for (const JsonMember& member : members) {
    if (text.size() > 1) text += ',';
    text += json(member.key).dump() + ":" + json_text(member.value);
  }
  return text + "}";
}

template <class Scalar>
std::string text_of(const Scalar& value) {
  return json(value).dump();
}

}  // namespace

std::string json_text(const JsonNode& node) {
  return std::visit([](const auto& value) { return text_of(value); }, node.value);
}

std::string_view kind_of(const JsonNode& node) {
  constexpr std::string_view names[] = {"null",     "true or false", "a negative number",
                                        "a number", "a fraction",    "a string",
                                        "a list",   "a section"};
  return names[node.value.index()];
}

std::variant<JsonNode, JsonFault> parse_json(std::string_view text, std::uint32_t option) {
  Builder builder(text, option);
  json::sax_parse(text, &builder, json::input_format_t::json, true, true);
  return std::move(builder).result();
}

}  // namespace escrowstorm::sim
