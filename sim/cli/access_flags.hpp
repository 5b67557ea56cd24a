// How wallet RPCs that somebody else runs are to be approached: login and TLS.
#pragma once

#include <string>
#include <variant>

#include "base/http/access.hpp"

namespace CLI {
class App;
}

namespace escrowstorm::sim {

struct AccessFlags {
  std::string login_file;   // --rpc-login-file, empty: none
  std::string certificate;  // --rpc-certificate, empty: none
  bool any_certificate = false;

  bool given() const { return !login_file.empty() || !certificate.empty() || any_certificate; }
};

// `flags` outlives the parsing. `whom` they are for: "the --rpc".
void add_access_flags(CLI::App& app, AccessFlags& flags, const std::string& whom);

// Reads the files. The error is a line that begins with the flag and tells no secret.
std::variant<http::Access, std::string> read_access(const AccessFlags& flags);

}  // namespace escrowstorm::sim
