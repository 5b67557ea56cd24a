#include "base/http/origins.hpp"

#include <algorithm>

namespace escrowstorm::http {

std::string origin_lines(const std::vector<std::string>& allowed, const std::string& origin,
                         bool to_options) {
  const bool welcome = std::any_of(allowed.begin(), allowed.end(), [&](const std::string& known) {
    return known == "*" || known == origin;
  });
  if (!welcome) return {};
  return "Access-Control-Allow-Origin: " + origin +
         "\r\nAccess-Control-Expose-Headers: www-authenticate\r\n" +
         (to_options
              ? "Access-Control-Allow-Headers: Content-Type, Authorization, X-Requested-With\r\n"
              : "") +
         "Access-Control-Allow-Methods: POST, PUT, GET, OPTIONS\r\n";
}

}  // namespace escrowstorm::http
