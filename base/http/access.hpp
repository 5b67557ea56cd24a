// What a client brings to a server: a login, and whom it takes for the server over TLS.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/http/login.hpp"
#include "base/http/url.hpp"

namespace escrowstorm::http {

// Which certificates are believed. Shared by the connections of a world.
class TlsTrust {
 public:
  // Those that an authority the system knows signed for the server's name.
  static std::shared_ptr<TlsTrust> authorities();

  // Those in a PEM file or signed by one of them, whatever name they are for: self-signed ones have
  // none. The error is one clause that names the file.
  static std::variant<std::shared_ptr<TlsTrust>, std::string> file(const std::string& path);

  // Any: protects against listening, not against whoever stands in between.
  static std::shared_ptr<TlsTrust> anyone();

  struct Context;
  explicit TlsTrust(std::unique_ptr<Context> context);
  ~TlsTrust();

  Context& context() const { return *context_; }

 private:
  std::unique_ptr<Context> context_;
};

struct Access {
  std::optional<Login> login;
  std::shared_ptr<TlsTrust> trust;  // none: the UsualTrust
};

// Of loopback addresses, which can't be listened in on, any certificate; else the system's. Made
// once each, when an endpoint first needs it: reading the system's takes milliseconds.
class UsualTrust {
 public:
  std::shared_ptr<TlsTrust> in(const Endpoint& endpoint);

 private:
  std::shared_ptr<TlsTrust> anyone_;
  std::shared_ptr<TlsTrust> authorities_;
};

// "user:password" from the first line of a file, as monero-wallet-rpc writes its own
// (monero-wallet-rpc.PORT.login). The error is one clause that names the file, never what is in it.
std::variant<Login, std::string> read_login_file(const std::string& path);

}  // namespace escrowstorm::http
