// The fields of a digest header: name=value, name="value", separated by commas. Internal to digest.
#pragma once

#include <optional>
#include <string_view>

namespace escrowstorm::http {

struct AuthFields {
  std::string_view algorithm, cnonce, nc, nonce, opaque, qop, realm, response, stale, uri, username;
  bool has_opaque = false;
};

enum class FieldGrammar : unsigned char {
  epee,    // what monero's server takes: its own fields only, each in the form it wants
  lenient  // what a client takes: unknown fields are skipped, tokens may be quoted
};

// None when the value is no "Digest" or breaks the grammar. The views point into `value`; quotes
// are taken off, escapes in them stay.
std::optional<AuthFields> parse_auth_fields(std::string_view value, FieldGrammar grammar);

}  // namespace escrowstorm::http
