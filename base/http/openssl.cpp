#include "base/http/openssl.hpp"

#include <openssl/err.h>

#include <stdexcept>
#include <system_error>

namespace escrowstorm::http {

std::string openssl_reason() {
  std::string first;
  std::string of_system;
  for (unsigned long error = ERR_get_error(); error != 0; error = ERR_get_error()) {
    const char* const reason = ERR_reason_error_string(error);
    if (ERR_SYSTEM_ERROR(error)) {
      if (of_system.empty()) of_system = std::generic_category().message(ERR_GET_REASON(error));
    } else if (first.empty() && reason) {
      first = reason;
    }
  }
  if (!of_system.empty()) return of_system;
  return first.empty() ? "unknown reason" : first;
}

void require_openssl(bool done, const char* what) {
  if (!done) throw std::runtime_error(what + (": " + openssl_reason()));
}

}  // namespace escrowstorm::http
