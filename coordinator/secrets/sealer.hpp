// Seals short texts for the database: who has not the key can't read them, make them, change them,
// or put one into the place of another. `place` says in words where a text belongs ("escrow 7,
// attempt 1, buyer: password") and is sealed with it.
//
// XChaCha20-Poly1305 with a synthetic nonce: 192 bits of BLAKE2b, under a key of its own, of the
// place and the text. So no chance is needed, and none can fail. What a nonce must not do is come
// again for something else: to who has not the key BLAKE2b's output is random, so that among a
// billion texts two have the same one with a probability below 2^-130. The same text in the same
// place gives the same bytes again; they tell that it is the same, and nothing more. (Rogaway and
// Shrimpton, "Deterministic Authenticated-Encryption", 2006.) How long a text is can be seen.
//
// What is no secret, but must not be changed, gets a mark: 256 bits of BLAKE2b under a third key.
//
// Any thread; its keys are wiped when it goes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "coordinator/secrets/secret_key.hpp"

namespace escrowstorm::coordinator {

class Sealer {
 public:
  explicit Sealer(const SecretKey& key);

  std::string seal(std::string_view text, std::string_view place) const;

  // Nothing unless it was sealed by that key for that place; `sealed` may be any bytes.
  std::optional<std::string> unseal(std::string_view sealed, std::string_view place) const;

  std::string mark(std::string_view content, std::string_view place) const;
  bool is_mark(std::string_view mark, std::string_view content, std::string_view place) const;

 private:
  SecretKey text_key_;
  SecretKey nonce_key_;
  SecretKey mark_key_;
};

}  // namespace escrowstorm::coordinator
