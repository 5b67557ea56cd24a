#include "base/http/access.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <fstream>

#include "base/http/digest.hpp"
#include "base/http/openssl.hpp"
#include "base/http/tls_stream.hpp"

namespace escrowstorm::http {

namespace ssl = boost::asio::ssl;

TlsTrust::TlsTrust(std::unique_ptr<Context> context) : context_(std::move(context)) {
  SSL_CTX_set_min_proto_version(context_->ssl.native_handle(), TLS1_2_VERSION);
}
TlsTrust::~TlsTrust() = default;

std::shared_ptr<TlsTrust> TlsTrust::authorities() {
  auto context = std::make_unique<Context>();
  boost::system::error_code none_there;  // then nobody is believed
  context->ssl.set_default_verify_paths(none_there);
  context->ssl.set_verify_mode(ssl::verify_peer);
  context->names_matter = true;
  return std::make_shared<TlsTrust>(std::move(context));
}

std::variant<std::shared_ptr<TlsTrust>, std::string> TlsTrust::file(const std::string& path) {
  auto context = std::make_unique<Context>();
  ERR_clear_error();
  if (SSL_CTX_load_verify_locations(context->ssl.native_handle(), path.c_str(), nullptr) != 1)
    return "no certificate can be read from '" + path + "': " + openssl_reason();
  context->ssl.set_verify_mode(ssl::verify_peer);
  // What is in the file is believed, also when it is nobody's authority.
  X509_STORE_set_flags(SSL_CTX_get_cert_store(context->ssl.native_handle()),
                       X509_V_FLAG_PARTIAL_CHAIN);
  return std::make_shared<TlsTrust>(std::move(context));
}

std::shared_ptr<TlsTrust> TlsTrust::anyone() {
  auto context = std::make_unique<Context>();
  context->ssl.set_verify_mode(ssl::verify_none);
  return std::make_shared<TlsTrust>(std::move(context));
}

std::shared_ptr<TlsTrust> UsualTrust::in(const Endpoint& endpoint) {
  boost::system::error_code is_name;
  const auto address = boost::asio::ip::make_address(endpoint.host, is_name);
  const bool this_machine = is_name ? endpoint.host == "localhost" : address.is_loopback();
  auto& trust = this_machine ? anyone_ : authorities_;
  if (!trust) trust = this_machine ? TlsTrust::anyone() : TlsTrust::authorities();
  return trust;
}

std::unique_ptr<TlsStream> make_tls_stream(boost::beast::tcp_stream& stream, const TlsTrust& trust,
                                           const std::string& host) {
  TlsTrust::Context& context = trust.context();
  auto tls = std::make_unique<TlsStream>(stream, context.ssl);
  boost::system::error_code is_name;
  boost::asio::ip::make_address(host, is_name);
  if (is_name) SSL_set_tlsext_host_name(tls->native_handle(), host.c_str());
  if (context.names_matter) tls->set_verify_callback(ssl::host_name_verification(host));
  return tls;
}

std::variant<Login, std::string> read_login_file(const std::string& path) {
  if (const auto trouble = digest_trouble()) return "no login can be used: " + *trouble;
  std::ifstream in(path);
  std::string line;
  if (!in || !std::getline(in, line)) return "no login can be read from '" + path + "'";
  if (line.ends_with('\r')) line.pop_back();
  const auto colon = line.find(':');
  if (colon == line.npos || colon == 0)
    return "'" + path + "' has no user:password in its first line";
  return Login{line.substr(0, colon), line.substr(colon + 1)};
}

}  // namespace escrowstorm::http
