#include "coordinator/secrets/database_key.hpp"

#include <sodium/crypto_pwhash.h>
#include <sodium/utils.h>

#include <algorithm>
#include <cstdlib>
#include <new>

#include "coordinator/secrets/sodium.hpp"

namespace escrowstorm::coordinator {
namespace {

constexpr std::size_t phrase_characters_min = 16;
constexpr std::size_t salt_bytes = crypto_pwhash_SALTBYTES;

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_raw_key(std::string_view text) {
  return text.size() == 2 * SecretKey::size && std::all_of(text.begin(), text.end(), is_hex_digit);
}

SecretKey key_of_digits(std::string_view digits) {
  SecretKey key;
  sodium_hex2bin(key.bytes().data(), SecretKey::size, digits.data(), digits.size(), nullptr,
                 nullptr, nullptr);
  return key;
}

SecretKey key_of_phrase(const std::string& phrase, const std::string& salt) {
  prepare_sodium();
  SecretKey key;
  const int failed = crypto_pwhash(
      key.bytes().data(), SecretKey::size, phrase.data(), phrase.size(),
      reinterpret_cast<const unsigned char*>(salt.data()), crypto_pwhash_OPSLIMIT_MODERATE,
      crypto_pwhash_MEMLIMIT_MODERATE, crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) throw std::bad_alloc();
  return key;
}

}  // namespace

struct DatabaseKey::Source {
  ~Source() { sodium_memzero(phrase.data(), phrase.size()); }

  std::string phrase;  // empty: the key is none of a phrase
  std::string salt;    // that the key is of
  SecretKey key;
};

std::variant<DatabaseKey, std::string> DatabaseKey::read(std::string_view text) {
  if (text.empty()) return std::string(variable) + " is empty: set it to " + remedy;
  const auto source = std::make_shared<Source>();
  if (is_raw_key(text)) {
    source->key = key_of_digits(text);
    return DatabaseKey(source);
  }
  if (text.size() < phrase_characters_min)
    return std::string(variable) + " has " + std::to_string(text.size()) +
           " characters, which can be guessed: set it to " + remedy;
  source->phrase = text;
  return DatabaseKey(source);
}

std::variant<std::optional<DatabaseKey>, std::string> DatabaseKey::from_environment() {
  const char* const text = std::getenv(variable);
  if (!text) return std::optional<DatabaseKey>();
  auto key = read(text);
  if (auto* wrong = std::get_if<std::string>(&key)) return std::move(*wrong);
  return std::optional(std::get<DatabaseKey>(std::move(key)));
}

DatabaseKey DatabaseKey::draw(Entropy& entropy) {
  const auto source = std::make_shared<Source>();
  entropy.fill(source->key.bytes());
  return DatabaseKey(source);
}

std::string DatabaseKey::new_salt() const {
  if (source_->phrase.empty()) return "";
  std::string salt(salt_bytes, '\0');
  SystemEntropy().fill({reinterpret_cast<unsigned char*>(salt.data()), salt.size()});
  return salt;
}

std::optional<Sealer> DatabaseKey::sealer(std::string_view salt) const {
  const std::size_t expected = source_->phrase.empty() ? 0 : salt_bytes;
  if (salt.size() != expected) return std::nullopt;
  if (salt != source_->salt) {
    source_->salt = salt;
    source_->key = key_of_phrase(source_->phrase, source_->salt);
  }
  return std::optional<Sealer>(std::in_place, source_->key);
}

}  // namespace escrowstorm::coordinator
