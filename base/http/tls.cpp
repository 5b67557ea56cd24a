#include "base/http/tls.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>

#include "base/http/openssl.hpp"

namespace escrowstorm::http {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* held) const {
    Free(held);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;

constexpr long half_a_year_seconds = 182L * 24 * 3600;
constexpr const char* ciphers =
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:"
    "ECDHE-RSA-CHACHA20-POLY1305:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256";

Certificate self_signed(EVP_PKEY* key) {
  Certificate certificate(X509_new());
  X509* const x = certificate.get();
  require_openssl(x != nullptr, "no certificate can be made");
  ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
  X509_gmtime_adj(X509_getm_notBefore(x), 0);
  X509_gmtime_adj(X509_getm_notAfter(x), half_a_year_seconds);
  X509_set_pubkey(x, key);
  X509_set_issuer_name(x, X509_get_subject_name(x));
  require_openssl(X509_sign(x, key, EVP_sha256()) != 0, "no certificate can be signed");
  return certificate;
}

}  // namespace

struct TlsIdentity::Context {
  // By itself OpenSSL asks on the terminal for the password of a key, and waits.
  static int refuse_password(char*, int, int, void* wanted) {
    *static_cast<bool*>(wanted) = true;
    return -1;
  }

  Context() : ssl(SSL_CTX_new(TLS_server_method())) {
    require_openssl(ssl != nullptr, "no TLS can be spoken");
    SSL_CTX_set_min_proto_version(ssl, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(ssl, ciphers);
    SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(ssl, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_num_tickets(ssl, 0);
    SSL_CTX_set_mode(ssl, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_default_passwd_cb(ssl, refuse_password);
    SSL_CTX_set_default_passwd_cb_userdata(ssl, &password_wanted);
  }
  ~Context() { SSL_CTX_free(ssl); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  SSL_CTX* ssl;
  bool password_wanted = false;
};

TlsIdentity::TlsIdentity(std::unique_ptr<Context> context) : context_(std::move(context)) {}
TlsIdentity::~TlsIdentity() = default;

std::shared_ptr<TlsIdentity> TlsIdentity::make() {
  auto context = std::make_unique<Context>();
  const Key key(EVP_EC_gen("P-256"));
  require_openssl(key != nullptr, "no key can be made");
  const Certificate certificate = self_signed(key.get());
  const bool used = SSL_CTX_use_certificate(context->ssl, certificate.get()) == 1 &&
                    SSL_CTX_use_PrivateKey(context->ssl, key.get()) == 1;
  require_openssl(used, "no certificate can be used");
  return std::make_shared<TlsIdentity>(std::move(context));
}

std::variant<std::shared_ptr<TlsIdentity>, std::string> TlsIdentity::load(
    const std::string& key_file, const std::string& certificate_file) {
  auto context = std::make_unique<Context>();
  ERR_clear_error();
  if (SSL_CTX_use_certificate_chain_file(context->ssl, certificate_file.c_str()) != 1)
    return "no certificate can be read from '" + certificate_file + "': " + openssl_reason();
  const bool has_key =
      SSL_CTX_use_PrivateKey_file(context->ssl, key_file.c_str(), SSL_FILETYPE_PEM) == 1;
  if (context->password_wanted)
    return "the key in '" + key_file + "' has a password: give one without (openssl pkey)";
  if (!has_key)
    return "no key of that certificate can be read from '" + key_file + "': " + openssl_reason();
  return std::make_shared<TlsIdentity>(std::move(context));
}

struct TlsChannel::State {
  explicit State(SSL_CTX* context) : ssl(SSL_new(context)) {
    require_openssl(ssl != nullptr, "no TLS connection can be had");
    in = BIO_new(BIO_s_mem());
    out = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl, in, out);  // owns both
    SSL_set_accept_state(ssl);
  }
  ~State() {
    SSL_free(ssl);
    ERR_clear_error();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void take_output(std::string& into) const {
    std::array<char, 4096> bytes;
    for (int n = BIO_read(out, bytes.data(), bytes.size()); n > 0;
         n = BIO_read(out, bytes.data(), bytes.size()))
      into.append(bytes.data(), static_cast<std::size_t>(n));
  }

  SSL* ssl;
  BIO* in = nullptr;
  BIO* out = nullptr;
};

TlsChannel::TlsChannel(const TlsIdentity& identity)
    : state_(std::make_unique<State>(identity.context_->ssl)) {}
TlsChannel::~TlsChannel() = default;

bool TlsChannel::receive(std::string_view bytes, std::string& plain, std::string& out) {
  BIO_write(state_->in, bytes.data(), static_cast<int>(bytes.size()));
  std::array<char, 4096> read;
  ERR_clear_error();
  int count = SSL_read(state_->ssl, read.data(), read.size());
  while (count > 0) {
    plain.append(read.data(), static_cast<std::size_t>(count));
    count = SSL_read(state_->ssl, read.data(), read.size());
  }
  const bool alive = SSL_get_error(state_->ssl, count) == SSL_ERROR_WANT_READ;
  state_->take_output(out);
  return alive;
}

void TlsChannel::send(std::string_view plain, std::string& out) {
  ERR_clear_error();
  if (!plain.empty()) SSL_write(state_->ssl, plain.data(), static_cast<int>(plain.size()));
  state_->take_output(out);
}

void TlsChannel::close(std::string& out) {
  ERR_clear_error();
  if (SSL_is_init_finished(state_->ssl)) SSL_shutdown(state_->ssl);
  state_->take_output(out);
}

bool begins_tls(std::string_view first_bytes) {
  if (first_bytes.size() < tls_magic_bytes) return false;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(first_bytes[i]); };
  constexpr int handshake = 0x16;
  constexpr int client_hello = 1;
  const int record_length = byte(3) * 256 + byte(4);
  const int hello_length = byte(7) * 256 + byte(8);
  return byte(0) == handshake && byte(1) == 3 && byte(5) == client_hello && byte(6) == 0 &&
         record_length == hello_length + 4;
}

}  // namespace escrowstorm::http
