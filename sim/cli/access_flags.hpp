// How the wallet RPCs of the live world are to be approached: login and TLS.
#pragma once

#include <string>
#include <variant>

#include "base/http/access.hpp"

namespace escrowstorm::sim {

struct AccessFlags {
  std::string login_file;   // --rpc-login-file, empty: none
  std::string certificate;  // --rpc-certificate, empty: none
  bool any_certificate = false;

  bool given() const { return !login_file.empty() || !certificate.empty() || any_certificate; }
};

// Reads the files. The error is a line that begins with the flag and tells no secret.
std::variant<http::Access, std::string> read_access(const AccessFlags& flags);

}  // namespace escrowstorm::sim
