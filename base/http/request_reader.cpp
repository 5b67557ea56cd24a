#include "base/http/request_reader.hpp"

#include <algorithm>
#include <charconv>

#include "base/ascii.hpp"
#include "base/http/request_head.hpp"

namespace escrowstorm::http {
namespace {

constexpr std::size_t line_bytes_max = 9'000;
constexpr std::size_t head_bytes_max = 100'000;
constexpr std::size_t empty_lines_max = 8;

// The first run of digits; none when there is none or it is no size.
std::optional<std::size_t> read_length(std::string_view text) {
  constexpr std::string_view digits = "0123456789";
  const auto begin = text.find_first_of(digits);
  if (begin == text.npos) return std::nullopt;
  std::size_t length = 0;
  const auto result = std::from_chars(text.data() + begin, text.data() + text.size(), length);
  if (result.ec != std::errc()) return std::nullopt;
  return length;
}

std::size_t end_of_head(std::string_view text) {
  if (const auto end = text.find("\r\n\r\n"); end != text.npos) return end + 4;
  const auto end = text.find("\n\n");
  return end == text.npos ? end : end + 2;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view spaces = " \t\n\v\f\r";
  const auto begin = text.find_first_not_of(spaces);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(spaces) - begin + 1);
}

}  // namespace

void RequestReader::feed(std::string_view bytes) {
  had_body_ = false;
  bytes_read_ += bytes.size();
  if (kept_.empty()) {
    unread_ = bytes;
  } else {
    kept_ += bytes;
    unread_ = kept_;
  }
}

void RequestReader::keep() {
  std::string rest(unread_);  // unread_ may point into kept_
  kept_.swap(rest);
  unread_ = kept_;
}

RequestReader::Next RequestReader::next() {
  if (bytes_read_ > bytes_max_) return Next::broken;
  while (!had_body_ && !unread_.empty()) {
    std::optional<Next> result;
    switch (state_) {
      case State::line:
        result = read_line();
        break;
      case State::head:
        result = read_head();
        break;
      case State::body:
        result = read_body();
        break;
    }
    if (result == Next::more) break;
    if (result) return *result;
  }
  if (unread_.empty()) {
    kept_ = std::string();
  } else {
    keep();
  }
  return Next::more;
}

std::optional<RequestReader::Next> RequestReader::read_line() {
  const auto first = std::min(unread_.find_first_not_of("\r\n"), unread_.size());
  unread_.remove_prefix(first);
  empty_lines_ += first;
  if (empty_lines_ > empty_lines_max) return Next::broken;
  if (unread_.empty()) return std::nullopt;
  if (unread_.find('\n') == unread_.npos)
    return unread_.size() > line_bytes_max ? Next::broken : Next::more;

  const auto line = find_request_line(unread_);
  if (!line) return Next::broken;
  incoming_ = IncomingRequest();
  incoming_.request.method = line->method;
  incoming_.request.target = line->target;
  unread_.remove_prefix(line->end);
  state_ = State::head;
  return std::nullopt;
}

std::optional<RequestReader::Next> RequestReader::read_head() {
  const std::size_t end = end_of_head(unread_);
  if (end == unread_.npos) return unread_.size() > head_bytes_max ? Next::broken : Next::more;
  const std::string_view head = unread_.substr(0, end);
  if (lines_ == HeaderLines::searched) {
    if (!take_headers(search_headers(head))) return Next::broken;
  } else {
    const auto headers = end > head_bytes_max ? std::nullopt : read_headers(head);
    if (!headers || !take_headers(*headers)) return Next::broken;
  }
  unread_.remove_prefix(end);
  if (body_left_ == 0) return complete();
  state_ = State::body;
  return std::nullopt;
}

bool RequestReader::take_headers(const RequestHeaders& headers) {
  incoming_.close_after = ascii::equal_without_case(trimmed(headers.connection), "close");
  incoming_.origin = headers.origin;
  incoming_.has_authorization = headers.authorization.has_value();
  if (headers.authorization) incoming_.authorization = *headers.authorization;
  if (headers.content_length.empty()) return true;
  const auto length = read_length(headers.content_length);
  if (length) body_left_ = *length;
  return length.has_value();
}

std::optional<RequestReader::Next> RequestReader::read_body() {
  const std::size_t here = std::min(body_left_, unread_.size());
  incoming_.request.body += unread_.substr(0, here);
  unread_.remove_prefix(here);
  body_left_ -= here;
  if (body_left_ > 0) return std::nullopt;
  had_body_ = true;
  return complete();
}

RequestReader::Next RequestReader::complete() {
  state_ = State::line;
  empty_lines_ = 0;
  bytes_read_ = 0;
  return Next::request;
}

}  // namespace escrowstorm::http
