#include "coordinator/secrets/wallet_passwords.hpp"

#include <sodium/utils.h>

namespace escrowstorm::coordinator {
namespace {

constexpr std::size_t password_bytes = 20;

}  // namespace

WalletPasswords draw_passwords(Entropy& entropy) {
  WalletPasswords passwords;
  for (std::string& password : passwords) {
    std::array<unsigned char, password_bytes> bytes{};
    entropy.fill(bytes);
    password.resize(2 * bytes.size());
    // Writes a zero behind the digits, where the string has one anyway.
    sodium_bin2hex(password.data(), password.size() + 1, bytes.data(), bytes.size());
    sodium_memzero(bytes.data(), bytes.size());
  }
  return passwords;
}

}  // namespace escrowstorm::coordinator
