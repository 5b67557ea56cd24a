#include "base/http/response.hpp"

#include <charconv>

namespace escrowstorm::http {
namespace {

constexpr std::size_t kept_bytes_max = 64 * 1024;

std::string_view reason(unsigned status, bool to_options) {
  switch (status) {
    case 200:
      return to_options ? "OK" : "Ok";
    case 400:
      return "Bad request";
    case 401:
      return "Unauthorized";
    case 404:
      return "Not found";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "Error";
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
  text_ += "HTTP/1.1 ";
  append_number(text_, response.status);
  text_ += ' ';
  text_ += reason(response.status, options.to_options);
  text_ += "\r\nServer: Epee-based\r\nContent-Length: ";
  append_number(text_, response.said_length.value_or(response.body.size()));
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
