// Writes structs with fields() as JSON objects, field by field. Internal to the codecs.
//
// Two layouts: Epee's, to the byte, for answers, and the shortest for calls.
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/amount.hpp"
#include "base/epee/sparse.hpp"

namespace escrowstorm::epee {

// What stands behind the backslash when `c` is written by Epee; 0 for what it leaves as it is,
// which is every other byte, also control bytes that JSON forbids.
constexpr char epee_escape(char c) {
  switch (c) {
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    case '\v':
      return 'v';
    case '"':
    case '\\':
    case '/':
      return c;
    default:
      return 0;
  }
}

inline void append_unicode_escape(std::string& out, char c) {
  constexpr char digits[] = "0123456789abcdef";
  out += "\\u00";
  out += digits[static_cast<unsigned char>(c) >> 4];
  out += digits[static_cast<unsigned char>(c) & 15];
}

// The layout of the real one: a line for each entry, CRLF, two spaces for each level.
struct EpeeLayout {
  static constexpr std::string_view colon = ": ";

  static void break_line(std::string& out, unsigned depth) {
    out += "\r\n";
    out.append(2 * depth, ' ');
  }

  static constexpr bool plain(char c) { return epee_escape(c) == 0; }

  static void append_special(std::string& out, char c) {
    out += '\\';
    out += epee_escape(c);
  }
};

// No white space, and nothing that a strict JSON parser refuses.
struct CompactLayout {
  static constexpr std::string_view colon = ":";

  static void break_line(std::string&, unsigned) {}

  static constexpr bool plain(char c) {
    return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
  }

  static void append_special(std::string& out, char c) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else {
      append_unicode_escape(out, c);
    }
  }
};

template <class Layout>
void append_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t written = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (Layout::plain(text[i])) continue;
    out += text.substr(written, i - written);
    Layout::append_special(out, text[i]);
    written = i + 1;
  }
  out += text.substr(written);
  out += '"';
}

template <std::integral Integer>
void append_integer(std::string& out, Integer value) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

// The visitor for fields() of a request or answer, and by hand for what is around them. The object
// is complete after close().
template <class Layout>
class ObjectWriter {
 public:
  // `depth` is the level of the line that the object begins on.
  ObjectWriter(std::string& out, unsigned depth) : out_(out), depth_(depth) { out_ += '{'; }

  void close() {
    Layout::break_line(out_, depth_);
    out_ += '}';
  }

  template <class T>
  void operator()(std::string_view key, const T& value) {
    begin(key);
    write(value);
  }

  // Empty ones are left out.
  template <class T>
  void operator()(std::string_view key, const std::vector<T>& values) {
    if (values.empty()) return;
    begin(key);
    char before = '[';
    for (const auto& value : values) {
      out_ += before;
      before = ',';
      write(value);
    }
    out_ += ']';
  }

  template <class T>
  void operator()(std::string_view key, const Sparse<T>& field) {
    if (field != Sparse<T>()) (*this)(key, field.value);
  }

  // None is left out.
  template <class T>
  void operator()(std::string_view key, const std::optional<T>& value) {
    if (value) (*this)(key, *value);
  }

  // An entry whose value is JSON text already.
  void verbatim(std::string_view key, std::string_view json) {
    begin(key);
    out_ += json;
  }

 private:
  void begin(std::string_view key) {
    if (!first_) out_ += ',';
    first_ = false;
    Layout::break_line(out_, depth_ + 1);
    append_string<Layout>(out_, key);
    out_ += Layout::colon;
  }

  template <class T>
  void write(const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      out_ += value ? "true" : "false";
    } else if constexpr (std::integral<T>) {
      append_integer(out_, value);
    } else if constexpr (std::is_same_v<T, Amount>) {
      append_integer(out_, value.atomic());
    } else if constexpr (std::is_convertible_v<T, std::string_view>) {
      append_string<Layout>(out_, value);
    } else {
      ObjectWriter nested(out_, depth_ + 1);
      T::fields(value, nested);
      nested.close();
    }
  }

  std::string& out_;
  unsigned depth_;
  bool first_ = true;
};

}  // namespace escrowstorm::epee
