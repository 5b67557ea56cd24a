#include "base/http/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <boost/assert.hpp>
#include <charconv>
#include <initializer_list>
#include <stdexcept>

#include "base/ascii.hpp"
#include "base/http/auth_fields.hpp"
#include "base/http/openssl.hpp"

namespace escrowstorm::http {
namespace {

using ascii::equal_without_case;

constexpr std::string_view realm = "monero-rpc";
constexpr std::string_view session_suffix = "-sess";

// The parts joined by colons, hashed, in hexadecimal digits.
std::string md5(std::initializer_list<std::string_view> parts) {
  std::string joined;
  for (const std::string_view part : parts) {
    joined += part;
    joined += ':';
  }
  joined.pop_back();
  std::array<unsigned char, 16> hash{};
  const int hashed =
      EVP_Digest(joined.data(), joined.size(), hash.data(), nullptr, EVP_md5(), nullptr);
  require_openssl(hashed == 1, "OpenSSL has no MD5 here");
  OPENSSL_cleanse(joined.data(), joined.size());
  constexpr char digits[] = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : hash) {
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

std::string fresh_nonce() {
  std::array<unsigned char, 16> bytes{};
  const int drawn = RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  require_openssl(drawn == 1, "OpenSSL has no entropy here");
  std::array<unsigned char, 25> text{};
  const int length = EVP_EncodeBlock(text.data(), bytes.data(), static_cast<int>(bytes.size()));
  return std::string(text.begin(), text.begin() + length);
}

bool ends_without_case(std::string_view text, std::string_view with) {
  return text.size() >= with.size() &&
         equal_without_case(text.substr(text.size() - with.size()), with);
}

std::string lowered(std::string_view text) {
  std::string small(text);
  for (char& c : small) c = ascii::lower(c);
  return small;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

// Whether the response is the one that belongs to the nonce that the client names.
bool knows_password(const Login& login, std::string_view method, const AuthFields& sent) {
  if (!sent.algorithm.empty() && !ascii::starts_without_case(sent.algorithm, "MD5")) return false;
  std::string key = md5({login.user, realm, login.password});
  if (ends_without_case(sent.algorithm, session_suffix)) key = md5({key, sent.nonce, sent.cnonce});
  const std::string request = md5({method, sent.uri});
  std::string expected;
  if (sent.qop.empty()) {
    expected = md5({key, sent.nonce, request});
  } else if (equal_without_case(sent.qop, "auth")) {
    expected = md5({key, sent.nonce, sent.nc, sent.cnonce, sent.qop, request});
  } else {
    return false;
  }
  const bool same_user = equal_in_constant_time(sent.username, login.user);
  return equal_in_constant_time(lowered(sent.response), expected) && same_user;
}

std::uint32_t count_of(std::string_view nc) {
  std::uint32_t count = 0;
  std::from_chars(nc.data(), nc.data() + nc.size(), count, 16);
  return count;
}

std::string challenge(std::string_view nonce, bool stale) {
  std::string lines;
  for (const std::string_view suffix : {std::string_view(), session_suffix}) {
    lines += "WWW-authenticate: Digest qop=\"auth\",algorithm=MD5";
    lines += suffix;
    lines += ",realm=\"";
    lines += realm;
    lines += "\",nonce=\"";
    lines += nonce;
    lines += stale ? "\",stale=true\r\n" : "\",stale=false\r\n";
  }
  return lines;
}

void append_quoted(std::string& out, std::string_view name, std::string_view value) {
  out += ", ";
  out += name;
  out += "=\"";
  out += value;
  out += '"';
}

}  // namespace

std::optional<std::string> digest_trouble() {
  try {
    md5({fresh_nonce()});
    return std::nullopt;
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

std::optional<std::string> DigestGate::refuse(const Login& login, std::string_view method,
                                              std::optional<std::string_view> authorization) {
  bool stale = false;
  if (authorization) {
    ++uses_;
    const auto sent = parse_auth_fields(*authorization, FieldGrammar::epee);
    if (sent && knows_password(login, method, *sent)) {
      // The first use of a nonce may have any count, or none.
      const bool counted = uses_ == 1 || (!sent->qop.empty() && count_of(sent->nc) == uses_);
      if (sent->nonce == nonce_ && counted) return std::nullopt;
      stale = true;
    }
  }
  uses_ = 0;
  nonce_ = fresh_nonce();
  return challenge(nonce_, stale);
}

bool DigestAnswer::take(std::string_view value) {
  const auto fields = parse_auth_fields(value, FieldGrammar::lenient);
  if (!fields || fields->nonce.empty()) return false;
  if (!fields->algorithm.empty() && !equal_without_case(fields->algorithm, "MD5")) return false;
  // "auth" among what is offered, such as "auth,auth-int".
  bool offered = false;
  std::string_view offers = fields->qop;
  while (!offers.empty()) {
    const std::string_view offer = offers.substr(0, offers.find_first_of(", "));
    offered |= equal_without_case(offer, "auth");
    offers.remove_prefix(std::min(offers.size(), offer.size() + 1));
  }
  if (!fields->qop.empty() && !offered) return false;
  nonce_ = fields->nonce;
  realm_ = fields->realm;
  opaque_ = fields->opaque;
  has_opaque_ = fields->has_opaque;
  quality_ = offered;
  stale_ = equal_without_case(fields->stale, "true");
  uses_ = 0;
  return true;
}

std::string DigestAnswer::authorize(const Login& login, std::string_view method,
                                    std::string_view target) {
  BOOST_ASSERT(challenged());
  const std::string key = md5({login.user, realm_, login.password});
  const std::string request = md5({method, target});
  // Not escaped: the real one compares what stands between the quotes, so that \\ for \ is another
  // user. One with a quote in the name it never lets in.
  std::string header = "Digest username=\"" + login.user + "\"";
  append_quoted(header, "realm", realm_);
  append_quoted(header, "nonce", nonce_);
  append_quoted(header, "uri", target);
  header += ", algorithm=MD5";
  if (quality_) {
    ++uses_;
    std::string count(8, '0');
    for (std::uint32_t left = uses_, at = 8; left > 0; left /= 16)
      count[--at] = "0123456789abcdef"[left % 16];
    const std::string cnonce = fresh_nonce();
    append_quoted(header, "response", md5({key, nonce_, count, cnonce, "auth", request}));
    header += ", qop=auth, nc=" + count;
    append_quoted(header, "cnonce", cnonce);
  } else {
    append_quoted(header, "response", md5({key, nonce_, request}));
  }
  if (has_opaque_) append_quoted(header, "opaque", opaque_);
  return header;
}

}  // namespace escrowstorm::http
