#include "coordinator/secrets/sealer.hpp"

#include <sodium/crypto_aead_xchacha20poly1305.h>
#include <sodium/crypto_generichash.h>
#include <sodium/crypto_kdf.h>
#include <sodium/utils.h>

#include <array>
#include <cstdint>

#include "coordinator/secrets/sodium.hpp"

namespace escrowstorm::coordinator {
namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t mark_bytes = 32;

static_assert(SecretKey::size == crypto_kdf_KEYBYTES);
static_assert(SecretKey::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

SecretKey derive(const SecretKey& key, std::uint64_t number) {
  SecretKey derived;
  crypto_kdf_derive_from_key(derived.bytes().data(), SecretKey::size, number, "escrowdb",
                             key.bytes().data());
  return derived;
}

// Under the key. The place's length comes first, so that no other pair has the same bytes.
void hash(std::string_view place, std::string_view text, const SecretKey& key, unsigned char* out,
          std::size_t size) {
  std::array<unsigned char, 8> length{};
  for (std::size_t i = 0; i < length.size(); ++i)
    length[i] = static_cast<unsigned char>(std::uint64_t{place.size()} >> 8 * i);
  crypto_generichash_state state;
  crypto_generichash_init(&state, key.bytes().data(), SecretKey::size, size);
  crypto_generichash_update(&state, length.data(), length.size());
  crypto_generichash_update(&state, bytes_of(place), place.size());
  crypto_generichash_update(&state, bytes_of(text), text.size());
  crypto_generichash_final(&state, out, size);
  sodium_memzero(&state, sizeof state);
}

}  // namespace

Sealer::Sealer(const SecretKey& key) {
  prepare_sodium();
  text_key_ = derive(key, 1);
  nonce_key_ = derive(key, 2);
  mark_key_ = derive(key, 3);
}

std::string Sealer::seal(std::string_view text, std::string_view place) const {
  std::string sealed(nonce_bytes + text.size() + tag_bytes, '\0');
  unsigned char* const nonce = bytes_of(sealed);
  hash(place, text, nonce_key_, nonce, nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_bytes, nullptr, bytes_of(text),
                                             text.size(), bytes_of(place), place.size(), nullptr,
                                             nonce, text_key_.bytes().data());
  return sealed;
}

std::optional<std::string> Sealer::unseal(std::string_view sealed, std::string_view place) const {
  if (sealed.size() < nonce_bytes + tag_bytes) return std::nullopt;
  const std::string_view cipher = sealed.substr(nonce_bytes);
  std::string text(cipher.size() - tag_bytes, '\0');
  const int forged = crypto_aead_xchacha20poly1305_ietf_decrypt(
      bytes_of(text), nullptr, nullptr, bytes_of(cipher), cipher.size(), bytes_of(place),
      place.size(), bytes_of(sealed), text_key_.bytes().data());
  if (forged != 0) return std::nullopt;
  return text;
}

std::string Sealer::mark(std::string_view content, std::string_view place) const {
  std::string mark(mark_bytes, '\0');
  hash(place, content, mark_key_, bytes_of(mark), mark.size());
  return mark;
}

bool Sealer::is_mark(std::string_view mark, std::string_view content,
                     std::string_view place) const {
  const std::string right = this->mark(content, place);
  return mark.size() == right.size() && sodium_memcmp(mark.data(), right.data(), mark.size()) == 0;
}

}  // namespace escrowstorm::coordinator
