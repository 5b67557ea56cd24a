#include "base/epee/stored_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <string>

#include "base/ascii.hpp"

namespace escrowstorm::epee {
namespace {

namespace json = boost::json;

using ascii::is_digit;
using ascii::is_letter;
using ascii::is_space;

constexpr unsigned depth_max = 100;

constexpr bool marks_fraction(char c) { return c == '.' || c == 'e' || c == 'E'; }
constexpr bool in_number(char c) {
  return is_digit(c) || marks_fraction(c) || c == '-' || c == '+';
}

std::optional<unsigned> hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (const char l = ascii::lower(c); l >= 'a' && l <= 'f') return l - 'a' + 10;
  return std::nullopt;
}

// UTF-8 of one code unit: the halves of a surrogate pair become three bytes each.
void append_code_unit(std::string& out, unsigned unit) {
  if (unit <= 0x7F) {
    out += static_cast<char>(unit);
  } else if (unit <= 0x7FF) {
    out += static_cast<char>(0xC0 | (unit >> 6));
    out += static_cast<char>(0x80 | (unit & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | (unit >> 12));
    out += static_cast<char>(0x80 | ((unit >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (unit & 0x3F));
  }
}

// What ends an object or array: its bracket, the end of the text, or something that is refused.
enum class End { closed, cut, bad };

class Reader {
 public:
  explicit Reader(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  bool root(json::object& into);

 private:
  // at_ is behind the opening bracket, and behind the closing one afterwards.
  End section(json::object& into, unsigned depth);
  End array(json::object& into, std::string_view key, unsigned depth);

  // at_ is on the first character of a value.
  End value(json::object& into, std::string_view key, unsigned depth);
  End element(json::array& into, json::kind kind, unsigned depth);
  bool one_too_many() { return values_left_-- == 0; }
  End nested(json::object& into, unsigned depth);

  // Each false when refused. The view lives until the next call.
  bool string(std::string& unescaped, std::string_view& text);
  bool escape(std::string& unescaped);
  bool number(json::value& into);
  bool word(json::value& into);  // null for "null"

  // The first character that is no white space; none at the end of the text.
  std::optional<char> next() {
    while (at_ != end_ && is_space(*at_)) ++at_;
    return at_ == end_ ? std::nullopt : std::optional(*at_);
  }

  const char* at_;
  const char* end_;
  std::size_t values_left_ = StoredJson::values_max;
};

bool Reader::root(json::object& into) {
  const auto first = next();
  if (!first) return true;
  if (*first != '{') return false;
  ++at_;
  return section(into, 0) != End::bad;
}

End Reader::section(json::object& into, unsigned depth) {
  if (depth >= depth_max) return End::bad;
  std::string unescaped;
  for (;;) {
    auto c = next();
    if (!c) return End::cut;
    if (*c == '}') break;
    std::string_view key;
    if (*c != '"' || !string(unescaped, key)) return End::bad;

    c = next();
    if (!c) return End::cut;
    if (*c != ':') return End::bad;
    ++at_;
    if (!next()) return End::cut;
    if (const End end = value(into, key, depth); end != End::closed) return end;

    c = next();
    if (!c) return End::cut;
    if (*c == '}') break;
    if (*c != ',') return End::bad;
    ++at_;
  }
  ++at_;
  return End::closed;
}

End Reader::value(json::object& into, std::string_view key, unsigned depth) {
  if (one_too_many()) return End::bad;
  const char c = *at_;
  if (c == '{') {
    if (key.empty()) return End::bad;
    json::value& slot = into[key];
    if (!slot.is_object()) slot.emplace_object();
    return nested(slot.get_object(), depth);
  }
  if (c == '[') {
    ++at_;
    return array(into, key, depth);
  }
  json::value read(into.storage());
  if (c == '"') {
    std::string unescaped;
    std::string_view text;
    if (!string(unescaped, text)) return End::bad;
    read.emplace_string() = text;
  } else if (is_digit(c) || c == '-') {
    if (!number(read)) return End::bad;
  } else if (!is_letter(c) || !word(read)) {
    return End::bad;
  }
  if (!read.is_null() && !key.empty()) into[key] = std::move(read);
  return End::closed;
}

// An object that is cut short is read a second time by the one around it, which takes nothing but
// white space behind that bracket.
End Reader::nested(json::object& into, unsigned depth) {
  const char* const behind_bracket = ++at_;
  const End end = section(into, depth + 1);
  if (end != End::cut) return end;
  at_ = behind_bracket;
  return next() ? End::bad : End::cut;
}

End Reader::array(json::object& into, std::string_view key, unsigned depth) {
  auto c = next();
  if (!c) return End::cut;
  if (*c == ']') {
    ++at_;
    return End::closed;
  }
  if (key.empty()) return End::bad;
  json::array& elements = into[key].emplace_array();
  json::kind kind = json::kind::null;  // of the first element
  for (;;) {
    if (const End end = element(elements, kind, depth); end != End::closed) return end;
    kind = elements.front().kind();
    c = next();
    if (!c) return End::cut;
    if (*c == ']') break;
    if (*c != ',') return End::bad;
    ++at_;
    if (!next()) return End::cut;
  }
  ++at_;
  return End::closed;
}

End Reader::element(json::array& into, json::kind kind, unsigned depth) {
  if (one_too_many()) return End::bad;
  const char c = *at_;
  const bool first = kind == json::kind::null;
  if (c == '{') {
    if (!first && kind != json::kind::object) return End::bad;
    into.emplace_back(json::object(into.storage()));
    return nested(into.back().get_object(), depth);
  }
  json::value read(into.storage());
  if (c == '"') {
    std::string unescaped;
    std::string_view text;
    if (!string(unescaped, text)) return End::bad;
    read.emplace_string() = text;
  } else if (is_digit(c) || c == '-') {
    if (!number(read)) return End::bad;
  } else if (!is_letter(c) || !word(read) || read.is_null()) {
    return End::bad;
  }
  if (!first && kind != read.kind()) return End::bad;
  into.push_back(std::move(read));
  return End::closed;
}

bool Reader::string(std::string& unescaped, std::string_view& text) {
  const char* const begin = ++at_;
  while (at_ != end_ && *at_ != '"' && *at_ != '\\') ++at_;
  text = std::string_view(begin, at_);
  if (at_ != end_ && *at_ == '\\') {
    unescaped = text;
    while (at_ != end_ && *at_ != '"') {
      if (*at_ != '\\') {
        unescaped += *at_++;
      } else if (!escape(unescaped)) {
        return false;
      }
    }
    text = unescaped;
  }
  if (at_ == end_) return false;
  ++at_;
  return true;
}

bool Reader::escape(std::string& unescaped) {
  constexpr std::string_view letters = "bfnrtv";
  constexpr std::string_view meanings = "\b\f\n\r\t\v";
  if (++at_ == end_) return false;
  const char c = *at_++;
  if (c == 'u') {
    unsigned unit = 0;
    for (int i = 0; i < 4; ++i) {
      const auto digit = at_ == end_ ? std::nullopt : hex_digit(*at_);
      if (!digit) return false;
      unit = unit << 4 | *digit;
      ++at_;
    }
    append_code_unit(unescaped, unit);
    return true;
  }
  const auto known = letters.find(c);
  unescaped += known == letters.npos ? c : meanings[known];  // an unknown one is itself
  return true;
}

// Runs of characters that a number may have; what strtoll, strtoull or strtod make of their
// beginning, nothing at all being zero.
bool Reader::number(json::value& into) {
  const char* const begin = at_;
  bool fraction = false;
  for (; at_ != end_ && in_number(*at_); ++at_) fraction |= marks_fraction(*at_);
  if (at_ == end_) return false;

  if (fraction) {
    const std::string text(begin, at_);
    errno = 0;
    const double parsed = std::strtod(text.c_str(), nullptr);
    into = parsed;
    return errno == 0;
  }
  const auto read = [&](auto parsed) {
    const auto result = std::from_chars(begin, at_, parsed);
    into = parsed;
    return result.ec != std::errc::result_out_of_range;
  };
  return *begin == '-' ? read(std::int64_t()) : read(std::uint64_t());
}

bool Reader::word(json::value& into) {
  const char* const begin = at_;
  while (at_ != end_ && is_letter(*at_)) ++at_;
  if (at_ == end_) return false;
  const std::string_view text(begin, at_);
  if (ascii::equal_without_case(text, "null")) return true;
  const bool yes = ascii::equal_without_case(text, "true");
  into = yes;
  return yes || ascii::equal_without_case(text, "false");
}

}  // namespace

StoredJson::StoredJson(std::string_view text)
    : resource_(first_, sizeof first_), root_(&resource_), good_(Reader(text).root(root_)) {}

}  // namespace escrowstorm::epee
