// The flags of the real one that are about its HTTP: login, TLS, origins, limits.
#pragma once

#include <string>
#include <variant>

#include "base/http/server.hpp"

namespace CLI {
class App;
}

namespace escrowstorm::mockrpc {

struct WireFlags {
  std::string login;
  bool disable_login = false;
  std::string ssl = "autodetect";
  std::string ssl_key;
  std::string ssl_certificate;
  std::string origins;
  http::ServerLimits limits;
};

// CLI11's app keeps references to `flags`.
void add_wire_flags(CLI::App& app, WireFlags& flags);

// Makes the manners of the server that the flags ask for: reads the PEM files or makes a key. The
// error is a line that begins with the flag.
std::variant<http::ServerManners, std::string> manners_of(const CLI::App& app,
                                                          const WireFlags& flags);

}  // namespace escrowstorm::mockrpc
