#include "base/http/auth_fields.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace escrowstorm::http {
namespace {

using ascii::equal_without_case;

constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

constexpr bool in_token(char c) {
  constexpr std::string_view separators = "()<>@,;:\\\"/[]?={}";
  return c > ' ' && c < 0x7F && separators.find(c) == separators.npos;
}

constexpr bool is_hex(char c) {
  return ascii::is_digit(c) || (ascii::lower(c) >= 'a' && ascii::lower(c) <= 'f');
}

// What a value may look like.
enum class Form { token, quoted, count, response };

struct Field {
  std::string_view name;
  std::string_view AuthFields::*place;  // none: read and forgotten
  Form form;
};

constexpr Field fields[] = {
    {"algorithm", &AuthFields::algorithm, Form::token},
    {"cnonce", &AuthFields::cnonce, Form::quoted},
    {"domain", nullptr, Form::quoted},
    {"nc", &AuthFields::nc, Form::count},
    {"nonce", &AuthFields::nonce, Form::quoted},
    {"opaque", &AuthFields::opaque, Form::quoted},
    {"qop", &AuthFields::qop, Form::token},
    {"realm", &AuthFields::realm, Form::quoted},
    {"response", &AuthFields::response, Form::response},
    {"stale", &AuthFields::stale, Form::token},
    {"uri", &AuthFields::uri, Form::quoted},
    {"username", &AuthFields::username, Form::quoted},
};

class Parser {
 public:
  Parser(std::string_view text, FieldGrammar grammar) : text_(text), grammar_(grammar) {}

  std::optional<AuthFields> parse();

 private:
  void skip_space() {
    while (!text_.empty() && ascii::is_space(text_.front())) text_.remove_prefix(1);
  }
  bool take(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  std::optional<std::string_view> token();
  std::optional<std::string_view> quoted();
  std::optional<std::string_view> value_of(Form form);
  bool field(AuthFields& into);

  std::string_view text_;
  FieldGrammar grammar_;
};

std::optional<std::string_view> Parser::token() {
  const auto end = std::find_if_not(text_.begin(), text_.end(), in_token);
  const auto found = text_.substr(0, static_cast<std::size_t>(end - text_.begin()));
  text_.remove_prefix(found.size());
  return found.empty() ? std::nullopt : std::optional(found);
}

std::optional<std::string_view> Parser::quoted() {
  if (!take('"')) return std::nullopt;
  std::size_t end = 0;
  while (end < text_.size() && text_[end] != '"' && is_ascii(text_[end]))
    end += text_.substr(end).starts_with("\\\"") ? 2 : 1;
  if (end >= text_.size() || text_[end] != '"') return std::nullopt;
  const auto found = text_.substr(0, end);
  text_.remove_prefix(end + 1);
  if (found.empty() && grammar_ == FieldGrammar::epee) return std::nullopt;
  return found;
}

std::optional<std::string_view> Parser::value_of(Form form) {
  if (grammar_ == FieldGrammar::lenient || form == Form::token)
    return text_.starts_with('"') ? quoted() : token();
  if (form == Form::count) {
    const std::string_view count = text_.substr(0, 8);
    if (count.size() < 8 || !std::all_of(count.begin(), count.end(), is_hex)) return std::nullopt;
    text_.remove_prefix(8);
    return count;
  }
  const auto found = quoted();
  if (form == Form::response && found &&
      (found->size() % 2 != 0 || !std::all_of(found->begin(), found->end(), is_hex)))
    return std::nullopt;
  return found;
}

bool Parser::field(AuthFields& into) {
  const auto name = token();
  skip_space();
  if (!name || !take('=')) return false;
  skip_space();
  const auto known = std::find_if(std::begin(fields), std::end(fields), [&](const Field& f) {
    return equal_without_case(f.name, *name);
  });
  if (known == std::end(fields))
    return grammar_ == FieldGrammar::lenient && value_of(Form::token).has_value();
  const auto value = value_of(known->form);
  if (value && known->place) into.*known->place = *value;
  if (value && known->name == "opaque") into.has_opaque = true;
  return value.has_value();
}

std::optional<AuthFields> Parser::parse() {
  constexpr std::string_view scheme = "digest";
  skip_space();
  if (!ascii::starts_without_case(text_, scheme)) return std::nullopt;
  text_.remove_prefix(scheme.size());
  AuthFields found;
  do {
    skip_space();
    if (!field(found)) return std::nullopt;
    skip_space();
  } while (take(','));
  return text_.empty() ? std::optional(found) : std::nullopt;
}

}  // namespace

std::optional<AuthFields> parse_auth_fields(std::string_view value, FieldGrammar grammar) {
  return Parser(value, grammar).parse();
}

}  // namespace escrowstorm::http
