#include "sim/cli/access_flags.hpp"

#include <CLI/CLI.hpp>

namespace escrowstorm::sim {

void add_access_flags(CLI::App& app, AccessFlags& flags, const std::string& whom) {
  app.add_option("--rpc-login-file", flags.login_file,
                 "File whose first line is the user:password of " + whom +
                     ", as monero-wallet-rpc writes its own")
      ->type_name("FILE");
  app.add_option("--rpc-certificate", flags.certificate,
                 "PEM file of the certificates to trust over https://, such as self-signed ones "
                 "(default: the system's authorities; on loopback any)")
      ->type_name("FILE");
  app.add_flag("--rpc-any-certificate", flags.any_certificate,
               "Trust any: no protection against whoever stands in between");
}

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
