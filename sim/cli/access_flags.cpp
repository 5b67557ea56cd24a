#include "sim/cli/access_flags.hpp"

namespace escrowstorm::sim {

std::variant<http::Access, std::string> read_access(const AccessFlags& flags) {
  http::Access access;
  if (!flags.login_file.empty()) {
    auto login = http::read_login_file(flags.login_file);
    if (const auto* wrong = std::get_if<std::string>(&login)) return "--rpc-login-file: " + *wrong;
    access.login = std::get<http::Login>(std::move(login));
  }
  if (flags.any_certificate) {
    if (!flags.certificate.empty())
      return "--rpc-any-certificate and --rpc-certificate exclude each other, give one of them";
    access.trust = http::TlsTrust::anyone();
  } else if (!flags.certificate.empty()) {
    auto trust = http::TlsTrust::file(flags.certificate);
    if (const auto* wrong = std::get_if<std::string>(&trust)) return "--rpc-certificate: " + *wrong;
    access.trust = std::get<std::shared_ptr<http::TlsTrust>>(std::move(trust));
  }
  return access;
}

}  // namespace escrowstorm::sim
