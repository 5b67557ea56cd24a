// HTTP digest authentication as monero speaks it (RFC 2617, MD5 and MD5-sess, qop "auth"; Epee's
// http_auth.cpp). OpenSSL does the hashing and draws the nonces, which guard a secret and steer
// nothing. Where it can't, calls throw std::runtime_error: nobody is let in by a hash of zeros.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/http/login.hpp"

namespace escrowstorm::http {

// Why OpenSSL can't do it, in words (no MD5 where only FIPS is allowed); none when it can. To be
// asked before anybody relies on a login.
std::optional<std::string> digest_trouble();

// The server's side for one connection: a nonce, and how often it was used. Whoever comes with
// another count or nonce is told that it went stale.
class DigestGate {
 public:
  // Nothing when the request may pass, else the WWW-authenticate lines of a 401, with line breaks.
  // `authorization` is the value of that header, none when it is missing.
  std::optional<std::string> refuse(const Login& login, std::string_view method,
                                    std::optional<std::string_view> authorization);

 private:
  std::string nonce_;
  std::uint32_t uses_ = 0;
};

// The client's side for one connection: from the challenge of a 401 to Authorization values.
class DigestAnswer {
 public:
  // Takes one WWW-Authenticate value; false when it is no digest challenge that can be answered.
  bool take(std::string_view challenge);

  bool challenged() const { return !nonce_.empty(); }
  bool stale() const { return stale_; }

  // The value for the next request. REQUIRES: challenged().
  std::string authorize(const Login& login, std::string_view method, std::string_view target);

 private:
  std::string nonce_;
  std::string realm_;
  std::string opaque_;
  bool has_opaque_ = false;
  bool quality_ = false;  // qop="auth" was offered
  bool stale_ = false;
  std::uint32_t uses_ = 0;
};

}  // namespace escrowstorm::http
