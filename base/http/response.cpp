#include "base/http/response.hpp"

#include <charconv>

namespace escrowstorm::http {
namespace {

constexpr std::size_t kept_bytes_max = 64 * 1024;

std::string_view status_line(unsigned status, bool to_options) {
  switch (status) {
    case 200:
      return to_options ? "HTTP/1.1 200 OK" : "HTTP/1.1 200 Ok";
    case 400:
      return "HTTP/1.1 400 Bad request";
    case 401:
      return "HTTP/1.1 401 Unauthorized";
    case 404:
      return "HTTP/1.1 404 Not found";
    default:
      return "HTTP/1.1 500 Internal Server Error";
  }
}

void append_number(std::string& out, std::size_t number) {
  char digits[20];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

}  // namespace

// The one use of the calendar: HTTP wants a date. It steers nothing.
std::string_view ResponseWriter::date() {
  const std::time_t now = std::time(nullptr);
  if (now != dated_) {
    std::tm utc{};
    gmtime_r(&now, &utc);
    char text[32];
    date_.assign(text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc));
    dated_ = now;
  }
  return date_;
}

std::string_view ResponseWriter::write(const ServerResponse& response, const Options& options) {
  if (text_.capacity() > kept_bytes_max) text_ = std::string();
  text_.clear();
  text_ += status_line(response.status, options.to_options);
  text_ += "\r\nServer: Epee-based\r\nContent-Length: ";
  append_number(text_, response.body.size());
  if (!response.content_type.empty()) {
    text_ += "\r\nContent-Type: ";
    text_ += response.content_type;
  }
  text_ += "\r\nLast-Modified: ";
  text_ += date();
  text_ += "\r\nAccept-Ranges: bytes\r\n";
  if (options.close_after) text_ += "Connection: close\r\n";
  text_ += options.more;
  text_ += "\r\n";
  if (!options.without_body) text_ += response.body;
  return text_;
}

}  // namespace escrowstorm::http
