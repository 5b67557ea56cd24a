#include "base/http/request_head.hpp"

#include <algorithm>
#include <limits>

#include "base/ascii.hpp"

namespace escrowstorm::http {
namespace {

using ascii::equal_without_case;
using ascii::is_digit;
using ascii::is_letter;
using ascii::is_space;
using ascii::starts_without_case;

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Takes a number off the front; false when there is none or it is no int.
bool take_number(std::string_view& text) {
  const auto is_end = [](char c) { return !is_digit(c); };
  const auto digits =
      static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_end) - text.begin());
  std::uint64_t number = 0;
  for (const char c : text.substr(0, digits)) {
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
    if (number > static_cast<std::uint64_t>(std::numeric_limits<int>::max())) return false;
  }
  text.remove_prefix(digits);
  return digits > 0;
}

// What behind the target belongs to a request line: "HTTP/1.1" and the line break.
bool take_version_and_break(std::string_view& text) {
  constexpr std::string_view name = "HTTP/";
  if (!starts_without_case(text, name)) return false;
  text.remove_prefix(name.size());
  if (!take_number(text) || !text.starts_with('.')) return false;
  text.remove_prefix(1);
  if (!take_number(text)) return false;
  if (text.starts_with('\r')) text.remove_prefix(1);
  if (!text.starts_with('\n')) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<RequestLine> request_line_at(std::string_view text, std::size_t begin) {
  constexpr std::string_view methods[] = {"POST", "GET",    "OPTIONS", "HEAD",
                                          "PUT",  "DELETE", "TRACE"};
  std::string_view rest = text.substr(begin);
  for (const std::string_view method : methods) {
    if (!starts_without_case(rest, method)) continue;
    RequestLine line{rest.substr(0, method.size()), {}, 0};
    rest.remove_prefix(method.size());
    if (!rest.starts_with(' ')) return std::nullopt;
    rest.remove_prefix(1);
    const auto target_end = std::find_if(rest.begin(), rest.end(), is_space);
    line.target = rest.substr(0, static_cast<std::size_t>(target_end - rest.begin()));
    rest.remove_prefix(line.target.size());
    if (line.target.empty() || !rest.starts_with(' ')) return std::nullopt;
    rest.remove_prefix(1);
    if (!take_version_and_break(rest)) return std::nullopt;
    line.end = text.size() - rest.size();
    return line;
  }
  return std::nullopt;
}

bool begins_line(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  const char before = text[at - 1];
  return before == '\n' || before == '\f' || (before == '\r' && text[at] != '\n');
}

void keep(RequestHeaders& headers, std::string_view name, std::string_view value) {
  if (equal_without_case(name, "Content-Length")) {
    headers.content_length = value;
  } else if (equal_without_case(name, "Connection")) {
    headers.connection = value;
  } else if (equal_without_case(name, "Origin")) {
    headers.origin = value;
  } else if (!headers.authorization && equal_without_case(name, "Authorization")) {
    headers.authorization = value;
  }
}

constexpr bool in_searched_name(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || c == '-';
}

constexpr bool in_name(char c) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return is_letter(c) || is_digit(c) || others.find(c) != others.npos;
}

// Where the line break is that ends the value beginning at `begin`: the next line must not begin
// with white space. npos when there is none.
std::size_t value_break(std::string_view head, std::size_t begin) {
  for (auto at = head.find('\n', begin); at != head.npos; at = head.find('\n', at + 1))
    if (at + 1 < head.size() && !is_blank(head[at + 1])) return at;
  return head.npos;
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<RequestLine> find_request_line(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at)
    if (begins_line(text, at))
      if (auto line = request_line_at(text, at)) return line;
  return std::nullopt;
}

RequestHeaders search_headers(std::string_view head) {
  RequestHeaders headers;
  std::size_t at = 0;
  while (at < head.size()) {
    const std::size_t begin = at;
    while (at < head.size() && in_searched_name(head[at])) ++at;
    const std::string_view name = head.substr(begin, at - begin);
    if (name.empty()) {
      ++at;
      continue;
    }
    std::size_t value = at;
    if (value < head.size() && head[value] == ' ') ++value;
    if (value >= head.size() || head[value] != ':') continue;
    ++value;
    const std::size_t end = value_break(head, value);
    if (end == head.npos) break;
    if (head[value] == ' ') ++value;
    const bool with_return = end > value && head[end - 1] == '\r';
    keep(headers, name, head.substr(value, end - (with_return ? 1 : 0) - value));
    at = end;
  }
  return headers;
}

std::optional<RequestHeaders> read_headers(std::string_view head) {
  RequestHeaders headers;
  while (!head.empty()) {
    const auto end = head.find('\n');
    if (end == head.npos) break;
    std::string_view line = head.substr(0, end);
    head.remove_prefix(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    const auto colon = line.find(':');
    if (colon == 0 || colon == line.npos) return std::nullopt;
    const std::string_view name = line.substr(0, colon);
    if (!std::all_of(name.begin(), name.end(), in_name)) return std::nullopt;
    keep(headers, name, without_blanks(line.substr(colon + 1)));
  }
  return headers;
}

}  // namespace escrowstorm::http
