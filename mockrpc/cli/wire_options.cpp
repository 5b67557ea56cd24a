#include "mockrpc/cli/wire_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <limits>
#include <stdexcept>

#include "base/http/digest.hpp"
#include "base/http/tls.hpp"
#include "mockrpc/cli/whole_number.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::uint32_t connections_max = std::numeric_limits<std::uint32_t>::max();

std::vector<std::string> split_origins(const std::string& list) {
  constexpr std::string_view blanks = " \t";
  std::vector<std::string> origins;
  std::size_t begin = 0;
  while (begin <= list.size()) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    std::string_view origin = std::string_view(list).substr(begin, end - begin);
    origin.remove_prefix(std::min(origin.find_first_not_of(blanks), origin.size()));
    origin = origin.substr(0, origin.find_last_not_of(blanks) + 1);
    if (!origin.empty()) origins.emplace_back(origin);
    begin = end + 1;
  }
  return origins;
}

}  // namespace

void add_wire_flags(CLI::App& app, WireFlags& flags) {
  const auto group = "As monero-wallet-rpc";
  app.add_option("--rpc-login", flags.login, "Ask for it by HTTP digest authentication")
      ->type_name("USER:PASSWORD")
      ->group(group);
  app.add_flag("--disable-rpc-login", flags.disable_login,
               "Ask for no login; so it is without both")
      ->group(group);
  app.add_option("--rpc-ssl", flags.ssl,
                 "disabled, enabled, or autodetect: plain and TLS\non one port")
      ->type_name("MODE")
      ->capture_default_str()
      ->group(group);
  app.add_option("--rpc-ssl-private-key", flags.ssl_key,
                 "PEM file (default: a key pair is made at start)")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--rpc-ssl-certificate", flags.ssl_certificate, "PEM file of that key")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--rpc-access-control-origins", flags.origins,
                 "Origins that browsers may ask from")
      ->type_name("A,B")
      ->group(group);
  app.add_option("--rpc-max-connections", flags.limits.connections_max,
                 "Of one instance (default: no limit; the real one: 100)")
      ->transform(whole_number(0, connections_max))
      ->type_name("N")
      ->group(group);
  app.add_option("--rpc-max-connections-per-private-ip",
                 flags.limits.connections_per_private_ip_max,
                 "The same from one such address (no limit; the real one: 25)")
      ->transform(whole_number(0, connections_max))
      ->type_name("N")
      ->group(group);
  app.add_option("--rpc-max-connections-per-public-ip", flags.limits.connections_per_public_ip_max,
                 "The same from another address (no limit; the real one: 3)")
      ->transform(whole_number(0, connections_max))
      ->type_name("N")
      ->group(group);
}

std::variant<http::ServerManners, std::string> manners_of(const CLI::App& app,
                                                          const WireFlags& flags) {
  http::ServerManners manners;
  if (app.count("--rpc-login") > 0) {
    if (flags.disable_login)
      return "--rpc-login and --disable-rpc-login exclude each other, give one of them";
    const auto colon = flags.login.find(':');
    if (colon == flags.login.npos || colon == 0)
      return "--rpc-login: expected USER:PASSWORD";  // what was given may be the password
    if (const auto trouble = http::digest_trouble()) return "--rpc-login: " + *trouble;
    manners.login = http::Login{flags.login.substr(0, colon), flags.login.substr(colon + 1)};
  }
  manners.origins = split_origins(flags.origins);
  if (!manners.origins.empty() && !manners.login)
    return "--rpc-access-control-origins: needs --rpc-login, as the real one says";

  if (flags.ssl != "disabled" && flags.ssl != "enabled" && flags.ssl != "autodetect")
    return "--rpc-ssl: '" + flags.ssl + "', expected disabled, enabled or autodetect";
  if (flags.ssl_key.empty() != flags.ssl_certificate.empty())
    return "--rpc-ssl-private-key and --rpc-ssl-certificate belong together, give both";
  if (flags.ssl == "disabled") return manners;
  manners.tls_only = flags.ssl == "enabled";
  if (flags.ssl_key.empty()) {
    try {
      manners.tls = http::TlsIdentity::make();
    } catch (const std::runtime_error& error) {
      return "--rpc-ssl: " + std::string(error.what()) + "; --rpc-ssl disabled does without";
    }
    return manners;
  }
  auto identity = http::TlsIdentity::load(flags.ssl_key, flags.ssl_certificate);
  if (const auto* error = std::get_if<std::string>(&identity))
    return "--rpc-ssl-certificate: " + *error;
  manners.tls = std::get<std::shared_ptr<http::TlsIdentity>>(std::move(identity));
  return manners;
}

}  // namespace escrowstorm::mockrpc
