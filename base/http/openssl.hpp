// What OpenSSL says when it can't do something. Internal to logins and TLS.
#pragma once

#include <string>

namespace escrowstorm::http {

// What this thread's last call failed for: the system's reason where there is one, else OpenSSL's
// first. None is left for others.
std::string openssl_reason();

// Throws std::runtime_error "WHAT: reason" unless `done`: an OpenSSL that lacks something, such as
// MD5 where only FIPS is allowed, must never look like one that has it.
void require_openssl(bool done, const char* what);

}  // namespace escrowstorm::http
