// TLS without sockets, on OpenSSL: who a server is, and one end of a connection as a filter between
// its bytes and the plain ones. As the real wallet RPC: TLS 1.2 and 1.3, no session is resumed.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace escrowstorm::http {

// A key and its certificate. Shared by all connections of a process.
class TlsIdentity {
 public:
  // A fresh key (P-256) and a certificate that it signed itself: no name, good for half a year.
  // Throws std::runtime_error where OpenSSL can't.
  static std::shared_ptr<TlsIdentity> make();

  // From PEM files, the key without a password. The error is one clause that names the file.
  static std::variant<std::shared_ptr<TlsIdentity>, std::string> load(
      const std::string& key_file, const std::string& certificate_file);

  struct Context;
  explicit TlsIdentity(std::unique_ptr<Context> context);
  ~TlsIdentity();

 private:
  friend class TlsChannel;
  std::unique_ptr<Context> context_;
};

// The server's end of one connection.
class TlsChannel {
 public:
  explicit TlsChannel(const TlsIdentity& identity);
  ~TlsChannel();

  // Takes what the client sent; appends what it meant to `plain` and what is to be sent in return
  // to `out`. False when the client ended it or speaks no TLS that is spoken here.
  bool receive(std::string_view bytes, std::string& plain, std::string& out);

  // Appends to `out` what is to be sent for `plain`.
  void send(std::string_view plain, std::string& out);

  // The same for a goodbye.
  void close(std::string& out);

  struct State;

 private:
  std::unique_ptr<State> state_;
};

// How many bytes tell TLS from plain HTTP, and whether they do.
inline constexpr std::size_t tls_magic_bytes = 9;
bool begins_tls(std::string_view first_bytes);

}  // namespace escrowstorm::http
