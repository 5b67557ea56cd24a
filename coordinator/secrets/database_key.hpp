// The key of a coordinator's database, as the environment's DB_ENCRYPTION_KEY says it: 64
// hexadecimal digits are 256 bits as they are, anything else of 16 characters or more is a pass
// phrase. Argon2id makes a key of a phrase and the database's salt, which takes half a second and
// 256 MiB; it is done once for a salt.
//
// Copies are one key, which is wiped when the last of them goes. One thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "coordinator/secrets/entropy.hpp"
#include "coordinator/secrets/sealer.hpp"

namespace escrowstorm::coordinator {

class DatabaseKey {
 public:
  static constexpr const char* variable = "DB_ENCRYPTION_KEY";
  // What to set it to, for messages.
  static constexpr const char* remedy =
      "64 hexadecimal digits (openssl rand -hex 32) or a pass phrase of 16 characters or more";

  // Or what is wrong with the text: one line, which does not say the text.
  static std::variant<DatabaseKey, std::string> read(std::string_view text);

  // Nothing where the variable is not set.
  static std::variant<std::optional<DatabaseKey>, std::string> from_environment();

  // A new one of 256 bits.
  static DatabaseKey draw(Entropy& entropy);

  // What a new database of this key keeps: 16 bytes from the machine's entropy, none of a key that
  // is no phrase.
  std::string new_salt() const;

  // Nothing when no database with that salt can be this key's: a phrase needs one of 16 bytes,
  // other keys none. Throws std::bad_alloc when Argon2id can't have its memory.
  std::optional<Sealer> sealer(std::string_view salt) const;

 private:
  struct Source;
  explicit DatabaseKey(std::shared_ptr<Source> source) : source_(std::move(source)) {}

  std::shared_ptr<Source> source_;
};

}  // namespace escrowstorm::coordinator
