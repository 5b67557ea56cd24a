#include "base/http/response.hpp"

#include <boost/beast/http/status.hpp>
#include <ctime>

namespace escrowstorm::http {
namespace {

std::string_view reason_of(unsigned status) {
  if (status == 200) return "Ok";
  if (status == 400) return "Bad request";
  if (status == 404) return "Not found";
  const auto reason =
      boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(status));
  return {reason.data(), reason.size()};
}

// The one use of the calendar: HTTP wants a date. It steers nothing.
std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  return std::string(text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc));
}

}  // namespace

std::string response_head(const ServerResponse& response, bool close_after) {
  std::string head;
  head.reserve(256);
  head += "HTTP/1.1 ";
  head += std::to_string(response.status);
  head += ' ';
  head += reason_of(response.status);
  head += "\r\nServer: Epee-based\r\nContent-Length: ";
  head += std::to_string(response.body.size());
  head += "\r\nContent-Type: ";
  head += response.body.empty() ? std::string_view("text/plain") : response.content_type;
  head += "\r\nLast-Modified: ";
  head += http_date();
  head += "\r\nAccept-Ranges: bytes\r\n";
  if (close_after) head += "Connection: close\r\n";
  head += "\r\n";
  return head;
}

}  // namespace escrowstorm::http
